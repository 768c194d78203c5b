// What was measured? All figures of the catalogue in three groups.
import { memo } from 'react';
import { formulaNames, formulas, type FormulaName } from '../../../../domain/formulas.ts';
import type { Report } from '../../../../domain/report.ts';
import type { ReportLanguage } from '../../../../report/language.ts';
import { FigureCard } from './figure-card.tsx';

interface FiguresSectionProps {
  readonly report: Report;
  readonly language: ReportLanguage;
  readonly chosen: FormulaName | null;
  readonly changed: ReadonlySet<FormulaName>;
  readonly onChoose: (name: FormulaName) => void;
}

/** One that is not known shows a dash and its reason (A64). */
export const FiguresSection = memo(function FiguresSection(props: FiguresSectionProps) {
  const { report, language, chosen, changed, onChoose } = props;
  return (
    <section className="figures" aria-labelledby="figures-title">
      <h2 id="figures-title">{language.figures}</h2>
      {(['video', 'audio', 'text'] as const).map((group) => (
        <div key={group}>
          <h3>{language.groups[group]}</h3>
          <div className="cards">
            {formulaNames
              .filter((name) => formulas[name].group === group)
              .map((name) => (
                <FigureCard
                  key={name}
                  figure={report.figures[name]}
                  labels={report.labels}
                  language={language}
                  isChosen={chosen === name}
                  isChanged={changed.has(name)}
                  onChoose={onChoose}
                />
              ))}
          </div>
        </div>
      ))}
    </section>
  );
});
