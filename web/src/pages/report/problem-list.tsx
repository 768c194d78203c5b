// What went wrong with an analysis, in words, and what can be done?
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../../domain/report.ts';
import { sentenceOf } from '../../../../report/catalogue.ts';
import { SaidText } from './said-text.tsx';
import { useReportLanguage } from './use-report-language.ts';
import './problem-list.css';

interface ProblemListProps {
  readonly problems: readonly Problem[];
  /** Leaves out what to do. */
  readonly isBrief?: boolean;
}

/** The sentence of each problem, its code for whoever asks for help, and what to do. */
export function ProblemList({ problems, isBrief = false }: ProblemListProps) {
  const { t } = useTranslation('figures');
  const language = useReportLanguage();
  return (
    <ul className="problem-list">
      {problems.map(({ code, message }) => (
        <li key={`${code} ${message}`}>
          <SaidText said={sentenceOf(message, language)} /> <code>{code}</code>
          {isBrief ? null : <p className="problem-advice">{t(`problems.${code}.advice`)}</p>}
        </li>
      ))}
    </ul>
  );
}
