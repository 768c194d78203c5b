// What can be pressed?
import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import './button.css';

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'style'> {
  /** `primary`: the one thing to do next; `danger`: cannot be undone; `quiet`: without a frame. Default `plain`. */
  readonly kind?: ButtonKind;
  readonly size?: 'small' | 'normal' | 'large';
  readonly icon?: ReactNode;
  /** Something goes on that the button began: it keeps the focus, and does nothing when it is pressed. */
  readonly isPending?: boolean;
  /** Leave out for a button that is its icon only, and give `aria-label`. */
  readonly children?: ReactNode;
}

export const buttonClass = (kind: ButtonKind = 'plain', size: ButtonProps['size'] = 'normal'): string =>
  `button button-${kind} button-${size}`;

/** A button that looks alike everywhere; links that look like it take `buttonClass`. */
export function Button(props: ButtonProps) {
  const { kind = 'plain', size = 'normal', icon, children, isPending = false, onPress, ...rest } = props;
  const only = children === undefined ? ' button-icon-only' : '';
  // The library's own pending state leaves an empty picture in its live region, which screen readers then read.
  const press = onPress && !isPending ? { onPress } : {};
  return (
    <AriaButton
      {...rest}
      {...press}
      data-pending={isPending || undefined}
      className={buttonClass(kind, size) + only}
    >
      {icon}
      {children}
    </AriaButton>
  );
}
