// How are answers of the API cached and refreshed?
import { infiniteQueryOptions, queryOptions, QueryClient } from '@tanstack/react-query';
import type { RecordView } from '../../../domain/api/shapes.ts';
import type { ApiClient } from './client.ts';
import { codeOfFailure } from './problem-error.ts';

/** Milliseconds between two looks at something that is going on. */
export const pollMs = 2500;

export const isGoingOn = ({ status }: Pick<RecordView, 'status'>): boolean =>
  status === 'UPLOADING' || status === 'PROCESSING';

/** Every query's key begins with one of these, so that a change can refresh them together. */
export const keys = {
  records: ['records'] as const,
  record: (recordId: string) => ['records', 'one', recordId] as const,
  recordList: ['records', 'list'] as const,
  questionSets: ['question-sets'] as const,
  settings: ['settings'] as const,
};

/** Pages of records, the newest first; asked again every 2.5 s while one of them is going on. */
export const recordListQuery = (api: ApiClient) =>
  infiniteQueryOptions({
    queryKey: keys.recordList,
    queryFn: ({ pageParam, signal }) =>
      api.ask('listRecords', { query: pageParam === null ? {} : { cursor: pageParam } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ records }) => records.some(isGoingOn)) ? pollMs : false,
  });

/** One record; asked again every 2.5 s until it is closed. */
export const recordQuery = (api: ApiClient, recordId: string) =>
  queryOptions({
    queryKey: keys.record(recordId),
    queryFn: ({ signal }) => api.ask('readRecord', { parameters: { recordId } }, { signal }),
    refetchInterval: ({ state }) => (state.data && !isGoingOn(state.data) ? false : pollMs),
  });

export const questionSetsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: keys.questionSets,
    queryFn: async ({ signal }) => (await api.ask('listQuestionSets', {}, { signal })).questionSets,
    staleTime: 60_000,
  });

export const settingsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: keys.settings,
    queryFn: ({ signal }) => api.ask('readSettings', {}, { signal }),
  });

/** The client repeats what may be repeated; a second layer of repetition would only hide trouble. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        retry: false,
        staleTime: 5000,
        throwOnError: (error) => codeOfFailure(error) === 'PROTOCOL',
      },
    },
  });
