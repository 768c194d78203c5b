// How long are new recordings kept?
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { codeOfFailure } from '../../api/problem-error.ts';
import { keys, settingsQuery } from '../../api/queries.ts';
import { useApi } from '../../app/context.ts';
import { Failure, Loading } from '../../ui/query-state.tsx';
import { Select } from '../../ui/select.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { retentionChoices } from './retention.ts';

const keep = 'keep';

export function RetentionSetting() {
  const { t } = useTranslation('settings');
  const { t: tc } = useTranslation();
  const api = useApi();
  const queryClient = useQueryClient();
  const { data, error, refetch } = useQuery(settingsQuery(api));
  const writing = useMutation({
    mutationFn: (retentionDays: number | null) => api.ask('writeSettings', { body: { retentionDays } }),
    onSuccess: (settings) => {
      queryClient.setQueryData(keys.settings, settings);
      showToast('good', t('retention.saved'));
    },
    onError: (failure) => showToast('bad', tc(`failure.${codeOfFailure(failure)}`)),
  });
  const forever = (): string =>
    data?.longestRetentionDays
      ? t('retention.longest', { count: data.longestRetentionDays })
      : t('retention.forever');
  return (
    <section className="card stack" aria-labelledby="retention">
      <h2 id="retention">{t('retention.title')}</h2>
      <p className="muted">{t('retention.text')}</p>
      {error && !data ? <Failure error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Loading /> : null}
      {data ? (
        <Select
          label={t('retention.label')}
          choices={retentionChoices(data.longestRetentionDays, data.retentionDays).map((days) => ({
            value: days === null ? keep : String(days),
            label: days === null ? forever() : t('retention.days', { count: days }),
          }))}
          value={data.retentionDays === null ? keep : String(data.retentionDays)}
          onChange={(value) => writing.mutate(value === keep ? null : Number(value))}
          isDisabled={writing.isPending}
        />
      ) : null}
    </section>
  );
}
