// How does the page say something that matters, in its place?
import type { ReactNode } from 'react';
import { AlertIcon } from './icons.tsx';
import './notice.css';

interface NoticeProps {
  /** `bad` is read out at once; the others wait their turn. */
  readonly kind: 'info' | 'good' | 'warn' | 'bad';
  readonly title?: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** A box with a sentence and, where there is a way out, its button. */
export function Notice({ kind, title, children, actions }: NoticeProps) {
  return (
    <div className={`notice notice-${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
      {kind === 'bad' || kind === 'warn' ? <AlertIcon /> : null}
      <div className="notice-words">
        {title === undefined ? null : <p className="notice-title">{title}</p>}
        {children === undefined ? null : <div className="notice-text">{children}</div>}
      </div>
      {actions === undefined ? null : <div className="row">{actions}</div>}
    </div>
  );
}
