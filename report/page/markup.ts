// How does text become HTML without ever being read as HTML?
import type { Said } from '../catalogue.ts';

/** HTML that was built by `markup`; the only thing that is not escaped when it is put into a template. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** `null` writes nothing, a list writes its members one after the other. */
export type Content = Markup | string | number | null | readonly Content[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeText = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

function write(content: Content): string {
  if (content === null) return '';
  if (content instanceof Markup) return content.text;
  if (typeof content === 'string') return escapeText(content);
  if (typeof content === 'number') return String(content);
  return content.map(write).join('');
}

/** A template whose values are escaped for text and for quoted attributes, unless they are `Markup` themselves. */
export function markup(strings: TemplateStringsArray, ...values: Content[]): Markup {
  let text = '';
  // Added up, not joined: a video of megabytes is then copied once, when the page is written.
  for (const [index, constant] of strings.entries())
    text += constant + (index < values.length ? write(values[index] ?? null) : '');
  return new Markup(text);
}

/** JSON for a `<script type="application/json">`: no `<` in it, so nothing in it can end the element. */
export const jsonData = (value: unknown): Markup =>
  new Markup(JSON.stringify(value).replaceAll('<', String.raw`\u003c`));

/** The attribute, with a space before it, for a text in another language than the page’s. */
export const langOf = ({ lang }: Said): Markup | null => (lang === null ? null : markup` lang="${lang}"`);
