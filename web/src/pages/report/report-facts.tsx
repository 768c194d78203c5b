// What is known of a report at a glance?
import { useTranslation } from 'react-i18next';
import type { Report } from '../../../../domain/report.ts';
import { clock } from '../../../../report/format.ts';
import { lengthOf } from '../../../../report/lanes.ts';
import type { ReportLanguage } from '../../../../report/language.ts';
import { useFormats } from '../../i18n/use-formats.ts';

interface ReportFactsProps {
  readonly report: Report;
  readonly language: ReportLanguage;
  /** The name that the user's file had. */
  readonly fileName: string | null;
}

export function ReportFacts({ report, language, fileName }: ReportFactsProps) {
  const formats = useFormats();
  const { recording, playback, createdAt, status } = report;
  const size = recording.video
    ? `${playback?.width ?? recording.video.width} × ${playback?.height ?? recording.video.height}`
    : language.noPicture;
  return (
    <span className="facts">
      <span className={`fact-status is-${status.toLowerCase()}`}>{language.status[status]}</span>
      <time dateTime={createdAt}>{formats.dateTime(createdAt)}</time>
      <span>
        {clock(lengthOf(report))} {language.length}
        {recording.truncated ? ` (${language.truncated})` : null}
      </span>
      <span>{size}</span>
      {recording.audio ? null : <span>{language.noSound}</span>}
      {fileName === null ? null : (
        <span dir="auto" className="fact-file">
          {fileName}
        </span>
      )}
    </span>
  );
}

/** How the files were made, the fingerprint, and what Greenroom never measures. */
export function ReportColophon({ report, language }: Omit<ReportFactsProps, 'fileName'>) {
  const { t } = useTranslation('report');
  const { playback, measurements, recording } = report;
  return (
    <footer className="colophon muted small" aria-label={t('about')}>
      <p>
        {playback ? language.method[playback.method] : language.noPlayback}
        {measurements.vision ? ` ${language.facesBy(measurements.vision.provider)}` : null}
      </p>
      <p>{language.notMeasuredEver}</p>
      <p>
        {language.madeBy(report.version)} · <code>{report.recordId}</code>
        <br />
        {language.fingerprint} <code>{recording.sha256}</code>
      </p>
    </footer>
  );
}
