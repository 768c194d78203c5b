// What frames every page? Its heading, which takes the focus after a navigation, and the document's title.
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './page.css';

let isFirstPage = true;

interface PageProps {
  /** Heading of the page, and the first part of the document's title. */
  readonly title: string;
  /** What is shown instead of the heading; `title` then only names the document. */
  readonly heading?: ReactNode;
  /** A sentence below the heading. */
  readonly lead?: ReactNode;
  /** Buttons beside the heading. */
  readonly actions?: ReactNode;
  /** `narrow` for texts and forms. */
  readonly width?: 'wide' | 'narrow';
  /** With another value the heading takes the focus: what was pressed to get here is gone. */
  readonly step?: string;
  readonly children: ReactNode;
}

/** A page of the app; there is one at a time. */
export function Page({ title, heading, lead, actions, width = 'wide', step = '', children }: PageProps) {
  const { t } = useTranslation();
  const head = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    document.title = `${title} · ${t('appName')}`;
  }, [title, t]);
  const shownStep = useRef(step);
  useEffect(() => {
    if (shownStep.current === step) return;
    shownStep.current = step;
    head.current?.focus();
  }, [step]);
  useEffect(() => {
    // The first page is read from its top by itself; after that the heading says where one is now.
    if (isFirstPage) isFirstPage = false;
    else head.current?.focus({ preventScroll: true });
  }, []);

  return (
    <div className={`page page-${width}`}>
      <header className="page-head">
        <div className="page-words">
          <h1 ref={head} tabIndex={-1}>
            {heading ?? title}
          </h1>
          {lead === undefined ? null : <p className="page-lead muted">{lead}</p>}
        </div>
        {actions === undefined ? null : <div className="row">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
