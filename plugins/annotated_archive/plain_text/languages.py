"""Hold the words of dates and comments in the languages that captures are read in.

One row a language. A cell lists alternatives apart by a space, twelve or seven groups of them apart
by a bar; an underscore stands for a space, a question mark after a letter makes it optional.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields

_LETTERS = re.compile(r"[^\W\d_]+")
_CHOICE = re.compile(r"(?:\[(?P<set>[^\]]+)\]|(?P<letter>\w)(?=\?))(?P<optional>\??)")


@dataclass(frozen=True, slots=True)
class Language:
    """Hold the words of one language; *ago* has ``#`` for a count and a unit."""

    months: str
    weekdays: str
    at: str
    on: str
    by: str
    says: str
    ago: str
    units: str
    comments: str
    about: str
    none: str
    reply: str
    leave: str
    note: str = ""


LANGUAGES = {
    "en": Language(
        months="january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|october oct|november nov|december dec",
        weekdays="monday mon|tuesday tues tue|wednesday wednes wed|thursday thurs thur thu|friday fri|saturday satur sat|sunday sun",
        at="at",
        on="on",
        by="by from",
        says="says? said wrote writes commented responded replied",
        ago="#_ago",
        units="seconds? secs? minutes? mins? hours? hrs? days? weeks? months? years? yrs?",
        comments="comments? responses? replies reply thoughts? reactions? feedback",
        about="on to for in_response_to",
        none="no zero",
        reply="reply reply_to_this reply_to_this_comment respond quote permalink link edit delete report report_abuse report_this report_comment flag flag_as_inappropriate like unlike likes? dislike share recommend recommended recommends? responses thread parent hide show follow_post follow upvote downvote up_voted? vote_up vote_down log_in_to_reply collapse expand homepage journal alert_moderator inappropriate",
        leave="leave_a_reply leave_a_comment leave_a_response",
        note="comment posted written submitted left commented",
    ),
    "de": Language(
        months="januar jänner jan|februar feber feb|märz mär mrz|april apr|mai|juni jun|juli jul|august aug|september sept sep|oktober okt|november nov|dezember dez",
        weekdays="montag mo|dienstag di|mittwoch mi|donnerstag do|freitag fr|samstag sonnabend sa|sonntag so",
        at="um",
        on="am vom den",
        by="von",
        says="sagt sagte schreibt schrieb meint meinte hat_gesagt hat_geschrieben kommentierte antwortete",
        ago="vor_#",
        units="sekunden? minuten? stunden? tag tage tagen tags wochen? monat monaten? monats jahr jahren? jahrs",
        comments="kommentare kommentar kommentaren gedanken antworten antwort reaktionen meinungen beiträge",
        about="zu auf für",
        none="kein keine",
        reply="antworten antwort zum_antworten_anmelden auf_diesen_kommentar_antworten zitieren melden gefällt_mir teilen bearbeiten permalink empfehlen kommentar_melden liken gefällt",
        leave="schreibe?_einen_kommentar hinterlasse?_einen_kommentar hinterlasse?_eine_antwort kommentar_schreiben kommentar_verfassen einen_kommentar_schreiben kommentar_hinterlassen kommentieren antworten?_abbrechen deine_meinung ihr_kommentar",
        note="kommentar geschrieben verfasst veröffentlicht",
    ),
    "fr": Language(
        months="janvier janv jan|février févr fév fevrier|mars|avril avr|mai|juin|juillet juil|août aout|septembre sept|octobre oct|novembre nov|décembre déc decembre",
        weekdays="lundi lun|mardi mar|mercredi mer|jeudi jeu|vendredi ven|samedi sam|dimanche dim",
        at="à a",
        on="le du",
        by="par de",
        says="a_dit dit a_écrit écrit a_répondu répond a_commenté",
        ago="il_y_a_#",
        units="secondes? minutes? heures? jours? semaines? mois ans? années?",
        comments="commentaires? réponses? réactions? avis",
        about="sur à pour",
        none="aucun pas_de",
        reply="répondre citer signaler signaler_un_abus j’aime j'aime partager permalien lien modifier recommander",
        leave="laisser_un_commentaire laissez_un_commentaire laisser_une_réponse poster_un_commentaire ajouter_un_commentaire écrire_un_commentaire annuler_la_réponse votre_commentaire réagir",
        note="commentaire posté publié rédigé écrit",
    ),
    "es": Language(
        months="enero ene|febrero feb|marzo mar|abril abr|mayo may|junio jun|julio jul|agosto ago|septiembre setiembre sept sep set|octubre oct|noviembre nov|diciembre dic",
        weekdays="lunes lun|martes mar|miércoles mié mie|jueves jue|viernes vie|sábado sáb sab|domingo dom",
        at="a_las a_la",
        on="el",
        by="por de",
        says="dijo dice escribió escribe comentó comenta ha_dicho respondió",
        ago="hace_#",
        units="segundos? minutos? horas? días? semanas? mes meses años?",
        comments="comentarios? respuestas? opiniones",
        about="en a sobre para",
        none="ningún no_hay sin",
        reply="responder citar reportar denunciar me_gusta compartir enlace_permanente permalink editar recomendar",
        leave="deja_un_comentario dejar_un_comentario deja_una_respuesta dejar_una_respuesta escribe_un_comentario publicar_un_comentario añadir_comentario cancelar_respuesta cancelar_la_respuesta",
        note="comentario publicado escrito enviado",
    ),
    "pt": Language(
        months="janeiro jan|fevereiro fev|março mar|abril abr|maio mai|junho jun|julho jul|agosto ago|setembro set|outubro out|novembro nov|dezembro dez",
        weekdays="segunda-feira segunda seg|terça-feira terça ter|quarta-feira quarta qua|quinta-feira quinta qui|sexta-feira sexta sex|sábado sáb|domingo dom",
        at="às as à",
        on="em",
        by="por de",
        says="disse diz escreveu escreve comentou respondeu",
        ago="há_# #_atrás",
        units="segundos? minutos? horas? dias? semanas? mês meses anos?",
        comments="comentários? comentarios? respostas? opiniões",
        about="em a sobre para",
        none="nenhum sem",
        reply="responder citar denunciar curtir gosto compartilhar partilhar permalink link_permanente editar recomendar",
        leave="deixe_um_comentário deixar_um_comentário deixe_uma_resposta deixar_uma_resposta comentar postar_um_comentário enviar_um_comentário cancelar_resposta",
        note="comentário publicado postado escrito enviado",
    ),
    "it": Language(
        months="gennaio gen|febbraio feb febbr|marzo mar|aprile apr|maggio mag|giugno giu|luglio lug|agosto ago|settembre sett set|ottobre ott|novembre nov|dicembre dic",
        weekdays="lunedì lun|martedì mar|mercoledì mer|giovedì gio|venerdì ven|sabato sab|domenica dom",
        at="alle_ore alle all' ore",
        on="il del",
        by="di da",
        says="ha_detto dice disse ha_scritto scrive scrisse ha_commentato ha_risposto",
        ago="#_fa",
        units="second[oi] minut[oi] or[ae] giorn[oi] settiman[ae] mes[ei] ann[oi]",
        comments="commenti commento risposte risposta opinioni",
        about="su a per",
        none="nessun nessuno",
        reply="rispondi cita segnala mi_piace condividi permalink modifica",
        leave="lascia_un_commento lascia_una_risposta scrivi_un_commento aggiungi_un_commento invia_un_commento posta_un_commento annulla_risposta",
        note="commento pubblicato scritto inviato postato",
    ),
    "nl": Language(
        months="januari jan|februari feb|maart mrt|april apr|mei|juni jun|juli jul|augustus aug|september sept sep|oktober okt|november nov|december dec",
        weekdays="maandag ma|dinsdag di|woensdag wo|donderdag do|vrijdag vr|zaterdag za|zondag zo",
        at="om",
        on="op",
        by="door van",
        says="schreef schrijft zegt zei reageerde antwoordde",
        ago="#_geleden",
        units="seconden? minuut minuten uur uren dag dagen week weken maand maanden jaar jaren",
        comments="reacties reactie antwoorden antwoord opmerkingen commentaren",
        about="op voor bij",
        none="geen",
        reply="reageren reageer beantwoorden beantwoord antwoorden antwoord citeer rapporteer vind_ik_leuk delen permalink bewerken",
        leave="geef_een_reactie laat_een_reactie_achter plaats_een_reactie schrijf_een_reactie reactie_annuleren reactie_plaatsen een_reactie_plaatsen",
        note="reactie geplaatst geschreven gepost",
    ),
    "sv": Language(
        months="januari jan|februari feb|mars mar|april apr|maj|juni jun|juli jul|augusti aug|september sept sep|oktober okt|november nov|december dec",
        weekdays="måndag mån|tisdag tis|onsdag ons|torsdag tors tor|fredag fre|lördag lör|söndag sön",
        at="kl klockan",
        on="den",
        by="av",
        says="skriver skrev säger sa sade svarade",
        ago="för_#_sedan #_sedan",
        units="sekund sekunder minut minuter timm[ea] timmar dag dagar veck[ao] veckor månad månader år",
        comments="kommentarer kommentar svar",
        about="till på om",
        none="inga ingen",
        reply="svara citera anmäl gilla dela permalänk redigera",
        leave="lämna_ett_svar lämna_en_kommentar skriv_en_kommentar kommentera avbryt_svar",
        note="kommentar skrivet postat",
    ),
    "da": Language(
        months="januar jan|februar feb|marts mars mar|april apr|maj mai|juni jun|juli jul|august aug|september sept sep|oktober okt|november nov|december desember dec des",
        weekdays="mandag man|tirsdag tir|onsdag ons|torsdag tor|fredag fre|lørdag lør|søndag søn",
        at="kl klokken",
        on="den",
        by="av af",
        says="skriver skrev siger sier sagde sa svarede svarte",
        ago="for_#_siden #_siden",
        units="sekund sekunder minut minutter minutt time timer dag dage dager uge uger uke uker måned måneder år",
        comments="kommentarer kommentar svar",
        about="til på om",
        none="ingen",
        reply="svar besvar svare citer siter anmeld synes_godt_om del permalink rediger",
        leave="skriv_en_kommentar skriv_et_svar læg_en_kommentar legg_igjen_en_kommentar legg_igjen_et_svar kommenter annuller_svar avbryt_svar",
        note="kommentar skrevet",
    ),
    "pl": Language(
        months="stycznia styczeń sty|lutego luty lut|marca marzec mar|kwietnia kwiecień kwi|maja maj|czerwca czerwiec cze|lipca lipiec lip|sierpnia sierpień sie|września wrzesień wrz|października październik paź|listopada listopad lis|grudnia grudzień gru",
        weekdays="poniedziałek pon|wtorek wt|środa śr|czwartek czw|piątek pt|sobota sob|niedziela nd",
        at="o godz godz. o_godz",
        on="dnia",
        by="przez",
        says="pisze mówi napisał napisała napisał(a) powiedział powiedziała",
        ago="#_temu",
        units="sekund[ayę]? minut[ayę]? godzin[ayę]? dzień dni tydzień tygodnie tygodni miesiąc miesiące miesięcy rok lata lat",
        comments="komentarze komentarzy komentarz odpowiedzi odpowiedź",
        about="do na o",
        none="brak",
        reply="odpowiedz odpowiedź cytuj zgłoś lubię_to udostępnij edytuj",
        leave="dodaj_komentarz zostaw_komentarz napisz_komentarz skomentuj anuluj_pisanie_odpowiedzi zostaw_odpowiedź",
        note="komentarz napisany dodany",
    ),
    "ru": Language(
        months="января январь янв|февраля февраль фев|марта март мар|апреля апрель апр|мая май|июня июнь июн|июля июль июл|августа август авг|сентября сентябрь сен сент|октября октябрь окт|ноября ноябрь ноя|декабря декабрь дек",
        weekdays="понедельник пн|вторник вт|среда ср|четверг чт|пятница пт|суббота сб|воскресенье вс",
        at="в",
        on="от",
        by="от",
        says="говорит сказал сказала пишет написал написала написал(а) сказал(а) ответил ответила комментирует",
        ago="#_назад",
        units="секунд[ауы]? минут[ауы]? час часа часов день дня дней недел[яиюь] месяц месяца месяцев год года лет",
        comments="комментарии комментари[йяев] комментариев отзыв отзывов отзыва отзывы ответ ответа ответов ответы мнений",
        about="к на о для",
        none="нет",
        reply="ответить ответ цитировать цитата пожаловаться нравится мне_нравится поделиться ссылка изменить",
        leave="добавить_комментарий оставить_комментарий оставьте_комментарий написать_комментарий отменить_ответ комментировать ваш_комментарий",
        note="комментарий написано опубликовано добавлено",
    ),
    "tr": Language(
        months="ocak oca|şubat şub|mart mar|nisan nis|mayıs may|haziran haz|temmuz tem|ağustos ağu|eylül eyl|ekim eki|kasım kas|aralık ara",
        weekdays="pazartesi pzt|salı|çarşamba çar|perşembe per|cuma cum|cumartesi cmt|pazar paz",
        at="saat",
        on="tarihinde",
        by="yazan",
        says="diyor_ki dedi_ki dedi yazdı",
        ago="#_önce",
        units="saniye dakika saat gün hafta ay yıl",
        comments="yorumlar yorum yanıtlar yanıt cevap",
        about="için",
        none="hiç",
        reply="yanıtla cevapla alıntı şikayet_et beğen paylaş",
        leave="bir_yorum_yazın yorum_yap yorum_yaz bir_cevap_yazın yanıtı_iptal_et",
        note="yorum",
    ),
    "ja": Language(
        months="",
        weekdays="月曜日|火曜日|水曜日|木曜日|金曜日|土曜日|日曜日",
        at="",
        on="",
        by="",
        says="より",
        ago="",
        units="秒 分 時間 日 週間 か月 ヶ月 年",
        comments="コメント",
        about="",
        none="",
        reply="返信 返信する 引用 通報",
        leave="コメントを残す コメントする",
        note="",
    ),
}
"""Every language by its tag of BCP 47."""


def words(cell: str) -> tuple[str, ...]:
    """Return the alternatives of a cell.

    >>> words("a_las a_la")
    ('a las', 'a la')
    """
    return tuple(word.replace("_", " ") for word in cell.replace("|", " ").split())


def pattern(column: str) -> str:
    """Return a pattern for one column of all languages, the longest alternatives first.

    >>> pattern("note")[:24]
    '(?:veröffentlicht|опубли'
    """
    known = {field.name for field in fields(Language)}
    if column not in known:
        raise KeyError(column)
    return any_of(word for row in LANGUAGES.values() for word in words(getattr(row, column)))


def spelled(word: str) -> tuple[str, ...]:
    """Return every way in which an alternative may be spelled.

    >>> spelled("thoughts?"), spelled("mes[ei]")
    (('thoughts', 'thought'), ('mese', 'mesi'))
    """
    found = _CHOICE.search(word)
    if not found:
        return (word,)
    choices = [*(found["set"] or found["letter"]), *([""] if found["optional"] else [])]
    before, after = word[: found.start()], word[found.end() :]
    return tuple(one for choice in choices for one in spelled(before + choice + after))


def first_words(alternatives: Iterable[str]) -> frozenset[str]:
    """Return the letters in ASCII that a match of any of the alternatives may begin with.

    >>> sorted(first_words(["pas de", "likes?", "été"]))
    ['like', 'likes', 'pas']
    """
    # Without case, patterns take these letters for the same; so they may stand for each other.
    ways = (one.lower().replace("ı", "i") for word in alternatives for one in spelled(word))
    return frozenset(word for one in ways if (word := _LETTERS.match(one)[0]).isascii())  # type: ignore[index]


def may_begin(text: str, known: Collection[str], start: int = 0) -> bool:
    """Tell quickly whether *text* may have one of the *known* first words at *start*.

    >>> may_begin("Pas de chance", {"pas"}), may_begin("Passage", {"pas"})
    (True, False)
    """
    found = _LETTERS.match(text, start)
    word = found[0] if found else ""
    return word.lower() in known or not word.isascii()


def any_of(alternatives: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first; a space stands for white space.

    >>> any_of(["a", "a las", "a"])
    '(?:a\\\\s+las|a)'
    """
    ordered = sorted(dict.fromkeys(alternatives), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(_escaped(word) for word in ordered) + ")"


def _escaped(word: str) -> str:
    """Escape a word, but for the optional letters and the sets of letters that it may have."""
    plain = word.replace("(", r"\(").replace(")", r"\)").replace(".", r"\.")
    return plain.replace(" ", r"\s+")


def month_numbers() -> dict[str, int]:
    """Return the number of each month's name in small letters, from 1.

    >>> month_numbers()["märz"], month_numbers()["dic"]
    (3, 12)
    """
    numbers: dict[str, int] = {}
    for row in LANGUAGES.values():
        for number, group in enumerate(row.months.split("|"), 1):
            numbers.update((name, number) for name in words(group) if name not in numbers)
    return numbers
