// What stands beside each other when two attempts are compared?
import { useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Report } from '../../../../domain/report.ts';
import { lengthOf } from '../../../../report/lanes.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { PauseIcon, PlayIcon } from '../../ui/icons.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { createPlayback, type Playback } from '../report/playback.ts';
import { PlaybackContext } from '../report/playback-context.ts';
import { Player } from '../report/player.tsx';
import { TranscriptSection } from '../report/transcript-section.tsx';
import { useJumps } from '../report/use-jumps.ts';
import type { ReportFiles } from '../report/use-report.ts';
import { useReportLanguage } from '../report/use-report-language.ts';
import { CompareTable } from './compare-table.tsx';
import type { Side } from './comparison.ts';

interface SideOfReport {
  readonly report: Report;
  readonly files: ReportFiles;
}

interface ColumnProps extends SideOfReport {
  readonly side: Side;
  readonly playback: Playback;
}

function Column({ report, files, side, playback }: ColumnProps) {
  const { t } = useTranslation('compare');
  const formats = useFormats();
  const language = useReportLanguage();
  const root = useRef<HTMLDivElement>(null);
  useJumps(root, playback);
  const { storyboard, recordId } = report;
  const pictures = useMemo(
    () => (storyboard && files.storyboard ? { storyboard, address: files.storyboard } : null),
    [storyboard, files.storyboard],
  );
  const title = t(side, { date: formats.dateTime(report.createdAt) });
  return (
    <PlaybackContext value={playback}>
      <div className="compare-column" ref={root}>
        <Player
          report={report}
          files={files}
          language={language}
          pictures={pictures}
          title={title}
          hasKeys={false}
        />
        <LinkButton size="small" to="/records/$recordId" params={{ recordId }}>
          {t('openReport')}
          <span className="visually-hidden">: {title}</span>
        </LinkButton>
        <TranscriptSection report={report} language={language} title={t('transcriptOf', { title })} />
      </div>
    </PlaybackContext>
  );
}

/** Plays both from where they are; pressing again stops both. */
function PlayBoth({ both, children }: { readonly both: readonly Playback[]; readonly children: ReactNode }) {
  const { t } = useTranslation('compare');
  const [isPlaying, setIsPlaying] = useState(false);
  const press = (): void => {
    for (const playback of both) {
      if (isPlaying) playback.pause();
      else playback.seek(playback.position(), { play: true });
    }
    setIsPlaying(!isPlaying);
  };
  const restart = (): void => {
    for (const playback of both) playback.seek(0, { play: true });
    setIsPlaying(true);
  };
  return (
    <div className="row">
      <Button icon={isPlaying ? <PauseIcon /> : <PlayIcon />} onPress={press}>
        {t(isPlaying ? 'pauseBoth' : 'playBoth')}
      </Button>
      <Button kind="quiet" onPress={restart}>
        {t('fromStart')}
      </Button>
      {children}
    </div>
  );
}

interface CompareViewProps {
  readonly left: SideOfReport;
  readonly right: SideOfReport;
}

export function CompareView({ left, right }: CompareViewProps) {
  const { t } = useTranslation('compare');
  const playbacks = useMemo(
    () => ({ left: createPlayback(lengthOf(left.report)), right: createPlayback(lengthOf(right.report)) }),
    [left.report, right.report],
  );
  const both = useMemo(() => [playbacks.left, playbacks.right], [playbacks]);
  return (
    <div className="report compare">
      <PlayBoth both={both}>
        <span className="muted small">{t('playHint')}</span>
      </PlayBoth>
      <div className="compare-columns">
        <Column {...left} side="left" playback={playbacks.left} />
        <Column {...right} side="right" playback={playbacks.right} />
      </div>
      <CompareTable left={left.report} right={right.report} />
    </div>
  );
}
