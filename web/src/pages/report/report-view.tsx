// What does a report show?
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import type { FormulaName } from '../../../../domain/formulas.ts';
import type { Report } from '../../../../domain/report.ts';
import { lengthOf } from '../../../../report/lanes.ts';
import { AssessmentSection } from './assessment-section.tsx';
import { FiguresSection } from './figures-section.tsx';
import { momentSteps } from './moment-steps.ts';
import { createPlayback } from './playback.ts';
import { PlaybackContext } from './playback-context.ts';
import { Player } from './player.tsx';
import { ProblemsSection } from './problems-section.tsx';
import { ReportColophon } from './report-facts.tsx';
import { changedFigures, defaultThresholds, withThresholds } from './threshold-fields.ts';
import { ThresholdsPanel } from './thresholds-panel.tsx';
import { Timeline } from './timeline.tsx';
import { TranscriptSection } from './transcript-section.tsx';
import { useJumps } from './use-jumps.ts';
import type { ReportFiles } from './use-report.ts';
import { useReportLanguage } from './use-report-language.ts';
import './report.css';

interface ReportViewProps {
  readonly report: Report;
  readonly files: ReportFiles;
}

const showFigure = (name: FormulaName): void =>
  document.querySelector(`#figure-${name}`)?.scrollIntoView({ block: 'nearest' });

/** Everything below `data-at` leads to its moment; presses are heard here, in one place. */
export function ReportView({ report, files }: ReportViewProps) {
  const language = useReportLanguage();
  const playback = useMemo(() => createPlayback(lengthOf(report)), [report]);
  const root = useRef<HTMLDivElement>(null);
  useJumps(root, playback);
  const [thresholds, setThresholds] = useState(defaultThresholds);
  const [chosen, setChosen] = useState<FormulaName | null>(null);
  const inUse = useDeferredValue(thresholds);
  // What lies below the window follows at once, but not first.
  const showsAll = useDeferredValue(true, false);
  const shown = useMemo(() => withThresholds(report, inUse), [report, inUse]);
  const changed = useMemo(() => changedFigures(report, shown), [report, shown]);
  const { storyboard } = report;
  const pictures = useMemo(
    () => (storyboard && files.storyboard ? { storyboard, address: files.storyboard } : null),
    [storyboard, files.storyboard],
  );

  const { figures } = shown;
  const choose = useCallback(
    (name: FormulaName) => {
      setChosen(name);
      const figure = figures[name];
      const { next } = momentSteps(figure.value === null ? [] : figure.evidence, -1);
      if (next) playback.seek(next.startSeconds, { play: true });
    },
    [figures, playback],
  );
  const goToFigure = useCallback((name: FormulaName) => {
    setChosen(name);
    showFigure(name);
  }, []);
  return (
    <PlaybackContext value={playback}>
      <div className="report" ref={root}>
        <ProblemsSection report={report} />
        <div className="watch">
          <Player report={report} files={files} language={language} pictures={pictures} />
          <TranscriptSection report={report} language={language} />
        </div>
        <Timeline
          report={shown}
          language={language}
          pictures={pictures}
          chosen={chosen === null ? null : shown.figures[chosen]}
        />
        {showsAll ? (
          <>
            <AssessmentSection report={report} language={language} onFigure={goToFigure} />
            <FiguresSection
              report={shown}
              language={language}
              chosen={chosen}
              changed={changed}
              onChoose={choose}
            />
            <ThresholdsPanel
              original={report}
              shown={shown}
              changed={changed}
              thresholds={thresholds}
              language={language}
              onChange={setThresholds}
            />
          </>
        ) : null}
        <ReportColophon report={report} language={language} />
      </div>
    </PlaybackContext>
  );
}
