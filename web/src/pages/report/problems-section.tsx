// What is missing in this report, and why?
import type { Report } from '../../../../domain/report.ts';
import { ProblemList } from './problem-list.tsx';
import { useReportLanguage } from './use-report-language.ts';

export function ProblemsSection({ report: { problems } }: { readonly report: Report }) {
  const language = useReportLanguage();
  if (problems.length === 0) return null;
  return (
    <section className="problems" aria-labelledby="problems-title">
      <h2 id="problems-title">{language.problems}</h2>
      <ProblemList problems={problems} isBrief />
    </section>
  );
}
