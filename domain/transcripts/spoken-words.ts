// Which words does a piece of caption text hold?

// Controls, and the marks that reorder or hide text: they are never spoken, and evidence is shown to people.
const invisible =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/g;
// What recognisers write for sounds that are no words.
const sounds =
  /\[ ?(?:blank_audio|music|applause|laughter|silence|inaudible|noise|no speech|música|aplausos|risos) ?\]/gi;
const closing = /^[.,;:!?…)\]}”’"'»]+$/;
const spoken = /[\p{L}\p{N}%&$€£+=@#]/u;

/**
 * The words of `text`, separated by white space, without control characters and without `[Music]` and its
 * like. A mark that stands alone joins the word before it; a lone dash is dropped.
 */
export function spokenWords(text: string): string[] {
  const words: string[] = [];
  const plain = text.replaceAll(invisible, '').replaceAll(sounds, ' ').toWellFormed();
  for (const part of plain.split(/\s+/)) {
    if (spoken.test(part)) words.push(part);
    else if (closing.test(part) && words.length > 0) words[words.length - 1] += part;
  }
  return words;
}
