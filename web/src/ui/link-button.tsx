// What looks like a button but goes to another page?
import { createLink, type LinkComponent } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react';
import { buttonClass, type ButtonKind } from './button.tsx';

interface AnchorProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'className'> {
  readonly kind?: ButtonKind;
  readonly size?: 'small' | 'normal' | 'large';
  readonly icon?: ReactNode;
  readonly ref?: Ref<HTMLAnchorElement>;
}

function Anchor({ kind, size, icon, children, ...rest }: AnchorProps) {
  return (
    <a {...rest} className={buttonClass(kind, size)}>
      {icon}
      {children}
    </a>
  );
}

/** A typed link (`to`, `params`) with the looks of a button. */
export const LinkButton: LinkComponent<typeof Anchor> = createLink(Anchor);
