// What is a caption of a file, before its text is looked at?

export interface Cue {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly lines: string[];
}

/** The lines of a file, whatever ends them, without a byte order mark. */
export const linesOf = (text: string): string[] => text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
