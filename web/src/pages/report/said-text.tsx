// How is a text shown that may be in another language than the page?
import type { Said } from '../../../../report/catalogue.ts';

interface SaidTextProps {
  readonly said: Said;
  readonly className?: string;
  readonly as?: 'p' | 'span' | 'dd';
}

/** Only ever text: React escapes whatever a transcript, a file name or a model put into it. */
export function SaidText({ said, className, as: Element = 'span' }: SaidTextProps) {
  return (
    <Element
      dir="auto"
      {...(className === undefined ? {} : { className })}
      {...(said.lang ? { lang: said.lang } : {})}
    >
      {said.text}
    </Element>
  );
}
