/* Fold text and split it into terms, as search/terms.py of the plugin does, with the same tables.
   A classic script: modules do not load at file://. */
(() => {
  "use strict";

  /* Accents, points, vowel signs that may be left out, joiners, the invisible. */
  const DROPPED =
    String.raw`\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u061c\u0640` +
    String.raw`\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u08d3-\u08e1` +
    String.raw`\u08e3-\u08ff\u180b-\u180e\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff` +
    String.raw`\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\u{1f3fb}-\u{1f3ff}\u{e0000}-\u{e0fff}`;

  /* What parts words; an apostrophe does not. */
  const SIGNS =
    String.raw`\u0000-&(-\/:-\u0060\u007b-\u00bf\u00d7\u00f7\u02c2-\u02c5\u02d2-\u02df\u02e5-\u02eb\u02ed\u02ef-\u02ff\u0375\u037e` +
    String.raw`\u0384\u0385\u0387\u03f6\u055a-\u055f\u0589-\u058f\u05be\u05c0\u05c3\u05c6\u05f3\u0600-\u060f\u061b-\u061f` +
    String.raw`\u066a-\u066d\u06d4\u06dd\u06de\u06e9\u06fd\u06fe\u0700-\u070f\u0964\u0965\u0970\u0df4\u0e2f\u0e3f\u0e46\u0e4f` +
    String.raw`\u0e5a\u0e5b\u0eaf\u0ec6\u0f01-\u0f17\u0f1a-\u0f1f\u0f34\u0f36\u0f38\u0f3a-\u0f3d\u0f85\u0fbe-\u0fc5` +
    String.raw`\u0fc7-\u0fda\u104a-\u104f\u10fb\u1360-\u1368\u1390-\u1399\u1400\u166d\u166e\u1680\u169b\u169c\u16eb-\u16ed` +
    String.raw`\u1735\u1736\u17d4-\u17db\u1800-\u180a\u1940-\u1945\u1c3b-\u1c3f\u2000-\u206f\u207a-\u207e\u208a-\u208e` +
    String.raw`\u20a0-\u20cf\u2100-\u25ff\u27c0-\u2bff\u2ce5-\u2cea\u2cf9-\u2cff\u2e00-\u2e7f\u2ff0-\u3004\u3008-\u3020\u3030` +
    String.raw`\u3036-\u3037\u303d-\u303f\u309b\u309c\u30a0\u30fb\u3190-\u3191\u31c0-\u31ef\u4dc0-\u4dff\ua490-\ua4cf\ua4fe` +
    String.raw`\ua4ff\ua60d-\ua60f\ua673\ua67e\ua6f2-\ua6f7\ua700-\ua721\ua789\ua78a\ua828-\ua82b\ua836-\ua839\ua874-\ua877` +
    String.raw`\ua8ce\ua8cf\ua92e\ua92f\ua95f\ua9c1-\ua9cd\uaa5c-\uaa5f\uabeb\ud800-\uf8ff\ufd3e-\ufd4f\ufdfc-\ufdff` +
    String.raw`\ufe10-\ufe1f\ufe30-\ufe6f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffff\u{1d000}-\u{1d3ff}` +
    String.raw`\u{f0000}-\u{10ffff}`;

  /* Scripts that set no space between words; and pictures. */
  const UNSPACED =
    String.raw`\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e\u0e81-\u0eae\u0eb0-\u0ec5\u0ec8-\u0ecd\u0edc-\u0edf` +
    String.raw`\u1000-\u103f\u1050-\u109f\u1780-\u17d3\u17dc\u17dd\u2600-\u27bf\u2e80-\u2fef\u3005-\u3007\u3021-\u302f` +
    String.raw`\u3031-\u3035\u3038-\u303c\u3041-\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3100-\u312f\u31a0-\u31bf` +
    String.raw`\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{1aff0}-\u{1b16f}\u{1f000}-\u{1faff}\u{20000}-\u{3ffff}`;

  const LONGEST = 40;
  const LETTERS = new Map();
  for (const zero of "\u0660\u06f0\u07c0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66\u0e50\u0ed0\u0f20\u1040\u17e0\u1810") {
    for (let digit = 0; digit < 10; digit++) {
      LETTERS.set(String.fromCharCode(zero.charCodeAt(0) + digit), String(digit));
    }
  }
  for (const [signs, one] of [
    ["\u2018\u2019\u201b\u2032\u02bb\u02bc\u02bd\u05f4\uff07", "'"],
    ["\u03c2", "\u03c3"],
    ["\u00e6", "ae"],
    ["\u0153", "oe"],
    ["\u00fe", "th"],
    ["\u00df", "ss"],
    ["\u064a\u0649\u06d2", "\u06cc"],
    ["\u0643\u06aa", "\u06a9"],
    ["\u0629\u06c0\u06c1\u06c2\u06c3\u06d5\u06be", "\u0647"],
    ["\u0671", "\u0627"],
  ]) {
    for (const sign of signs) LETTERS.set(sign, one);
  }
  [..."\u0142\u00f8\u0111\u0127\u014b\u0167\u00f0\u0138"].forEach((sign, at) => LETTERS.set(sign, "lodhntdk"[at]));

  const WORD = `[^'${SIGNS}${UNSPACED}]+`;
  const DROP = new RegExp(`[${DROPPED}]+`, "gu");
  const WORDS = new RegExp(`([@#])?(${WORD}(?:'${WORD})*)|([${UNSPACED}]+)`, "gu");
  const NAMES = new RegExp(`[^'${SIGNS}]+`, "gu");
  /* What stands with the character before it: a mark, or a part of a Korean syllable. */
  const JOINED = new RegExp(`[${DROPPED}\\p{M}\u1160-\u11ff]`, "u");

  const foldRun = (run) => {
    const kept = run.normalize("NFKD").replace(DROP, "").toUpperCase().toLowerCase();
    let folded = "";
    for (const sign of kept) folded += LETTERS.get(sign) ?? sign;
    return folded.normalize("NFC");
  };

  /* Return text without case, accents and ways of writing that a reader does not search for. */
  const fold = (text) => text.replace(/[^\x00-\x7f]+/g, foldRun).toLowerCase();

  const cut = (term) => (term.length <= LONGEST ? term : [...term].slice(0, LONGEST).join(""));

  /* Yield each word of folded text: where it stands, and the terms by which it is found, the fullest
     first; of scripts without spaces, each run of signs with all its pairs. */
  function* words(folded) {
    for (const found of folded.matchAll(WORDS)) {
      const [whole, call, word, run] = found;
      if (run) {
        const signs = [...run];
        const terms = signs.map((sign, at) => sign + (signs[at + 1] ?? ""));
        yield { start: found.index, end: found.index + run.length, run, terms };
        continue;
      }
      const parts = word.split("'");
      const terms = [parts.join("")];
      if (parts.length > 1) terms.push(...parts.filter((part) => [...part].length > 2));
      /* A sign between letters is no call: an address of mail has one. */
      if (call && !/[a-z0-9]/.test(folded[found.index - 1] ?? "")) {
        terms.push(call + parts[0]);
      }
      yield { start: found.index + (call ? 1 : 0), end: found.index + whole.length, call, terms: terms.map(cut) };
    }
  }

  /* Return folded text, and for each code unit of it where in the original its character begins;
     the length of the original stands last. */
  const foldWithOffsets = (text) => {
    if (/^[\x00-\x7f]*$/.test(text)) return { folded: text.toLowerCase(), offsets: null };
    const parts = [];
    const offsets = [];
    const put = (cluster, at) => {
      const folded = fold(cluster);
      parts.push(folded);
      for (let unit = 0; unit < folded.length; unit++) offsets.push(at);
    };
    let cluster = "";
    let start = 0;
    let at = 0;
    for (const sign of text) {
      if (cluster && !JOINED.test(sign)) {
        put(cluster, start);
        cluster = "";
        start = at;
      }
      cluster += sign;
      at += sign.length;
    }
    put(cluster, start);
    offsets.push(text.length);
    return { folded: parts.join(""), offsets };
  };

  /* Return the key of an author's or a tag's name. */
  const keyOf = (name) => {
    const key = (fold(name).replaceAll("'", "").match(NAMES) ?? []).join("_");
    const codes = () => [...name].slice(0, 20).map((sign) => sign.codePointAt(0).toString(16));
    return [...key].slice(0, 80).join("") || `0x${codes().join("_")}`;
  };

  globalThis.annotatedArchiveSearch = { fold, words, foldWithOffsets, keyOf };
})();
