// How does one take a report along?
import { useState } from 'react';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { useTranslation } from 'react-i18next';
import type { Report } from '../../../../domain/report.ts';
import type { ReportLanguage } from '../../../../report/language.ts';
import { Button } from '../../ui/button.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { DownloadIcon } from './player-icons.tsx';
import { saveFile } from './save-file.ts';
import type { ReportFiles } from './use-report.ts';

interface ExportMenuProps {
  /** As it came, whatever thresholds were moved since. */
  readonly report: Report;
  readonly files: ReportFiles;
  readonly language: ReportLanguage;
}

const nameOf = (report: Report, extension: string): string =>
  `greenroom-${report.createdAt.slice(0, 10)}-${report.recordId.slice(-6).toLowerCase()}.${extension}`;

export function ExportMenu({ report, files, language }: ExportMenuProps) {
  const { t } = useTranslation('report');
  const [isPending, setIsPending] = useState(false);

  const saveJson = (): void =>
    saveFile(
      nameOf(report, 'json'),
      new Blob([`${JSON.stringify(report, null, 2)}\n`], { type: 'application/json' }),
    );
  const saveHtml = async (): Promise<void> => {
    setIsPending(true);
    try {
      const { renderStandalone } = await import('./standalone-page.ts');
      const page = await renderStandalone(report, files, language);
      saveFile(nameOf(report, 'html'), new Blob([page], { type: 'text/html' }));
    } catch {
      showToast('bad', t('export.failed'));
    } finally {
      setIsPending(false);
    }
  };
  const choose = (key: string | number): void => {
    if (key === 'json') saveJson();
    else if (key === 'html') void saveHtml();
    // The menu must be gone before the page is printed.
    else setTimeout(() => window.print(), 150);
  };
  return (
    <MenuTrigger>
      <Button icon={<DownloadIcon />} isPending={isPending}>
        {t('export.button')}
      </Button>
      <Popover className="popover" placement="bottom start">
        <Menu className="list-box" aria-label={t('export.button')} onAction={choose}>
          {(['html', 'pdf', 'json'] as const).map((kind) => (
            <MenuItem key={kind} id={kind} className="list-item" textValue={t(`export.${kind}`)}>
              <span className="export-words">
                {t(`export.${kind}`)}
                <span className="muted small">{t(`export.${kind}Hint`)}</span>
              </span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
