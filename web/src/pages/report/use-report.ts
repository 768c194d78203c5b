// How do a report and its files reach the page, and stay reachable when their addresses end?
import { queryOptions, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import type { Downloads } from '../../../../domain/api/shapes.ts';
import type { Report } from '../../../../domain/report.ts';
import type { ApiClient } from '../../api/client.ts';
import { useApi } from '../../app/context.ts';
import { loadReport, loadWithFreshAddresses } from './load-report.ts';

/** Milliseconds before their end at which addresses count as ended. */
const spareMs = 30_000;
/** Milliseconds between two tries to get a video that cannot be played: it may be broken, and not its address. */
const renewMs = 10_000;

/** Not below the records’ keys: what refreshes a list must not stop a video with a new address. */
const downloadKeys = { downloads: ['downloads'], report: ['report'] } as const;

const downloadsQuery = (api: ApiClient, recordId: string) =>
  queryOptions({
    queryKey: [...downloadKeys.downloads, recordId],
    queryFn: ({ signal }) => api.ask('createDownloads', { parameters: { recordId } }, { signal }),
    staleTime: ({ state }) =>
      state.data ? Math.max(0, Date.parse(state.data.expiresAt) - state.dataUpdatedAt - spareMs) : 0,
    // A new address would stop a video that plays from the old one.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    refetchOnMount: false,
  });

const reportQuery = (api: ApiClient, client: QueryClient, recordId: string) =>
  queryOptions({
    queryKey: [...downloadKeys.report, recordId],
    queryFn: ({ signal }): Promise<Report> =>
      loadWithFreshAddresses({
        addresses: async (fresh) => {
          const query = downloadsQuery(api, recordId);
          const downloads = await client.fetchQuery(fresh ? { ...query, staleTime: 0 } : query);
          return downloads.files;
        },
        load: (address) => loadReport(address, signal),
      }),
    // A report is never written twice.
    staleTime: Infinity,
    throwOnError: false,
  });

export interface ReportFiles extends Readonly<Downloads['files']> {
  /** Gets new addresses, at most every ten seconds. */
  readonly renew: () => void;
}

/** The report of a record, with addresses of its files. */
export function useReport(recordId: string) {
  const api = useApi();
  const client = useQueryClient();
  const report = useQuery(reportQuery(api, client, recordId));
  const downloads = useQuery({ ...downloadsQuery(api, recordId), enabled: report.isSuccess });
  const renewedAt = useRef(0);
  const files = useMemo(
    (): ReportFiles => ({
      ...downloads.data?.files,
      renew() {
        if (Date.now() - renewedAt.current < renewMs) return;
        renewedAt.current = Date.now();
        void client.fetchQuery({ ...downloadsQuery(api, recordId), staleTime: 0 }).catch(() => undefined);
      },
    }),
    [downloads.data, client, api, recordId],
  );
  return { report, files };
}
