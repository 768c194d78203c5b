// Which attempts are there, with the progress of those that go on?
import { useInfiniteQuery, useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { RecordView } from '../../../../domain/api/shapes.ts';
import { isGoingOn, keys, recordListQuery, recordQuery } from '../../api/queries.ts';
import { useApi } from '../../app/context.ts';

/** Milliseconds between two looks at the list; what goes on is looked at more often, record by record. */
const listPollMs = 10_000;

/** Records of all loaded pages, the newest first. Looks again while one of them goes on and the page is seen. */
export function useAttempts() {
  const api = useApi();
  const client = useQueryClient();
  const list = useInfiniteQuery({
    ...recordListQuery(api),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ records }) => records.some(isGoingOn)) ? listPollMs : false,
  });
  const listed = useMemo(() => list.data?.pages.flatMap(({ records }) => records) ?? [], [list.data]);
  const running = useMemo(() => listed.filter(isGoingOn).map(({ recordId }) => recordId), [listed]);
  const looks = useQueries({
    queries: running.map((recordId) => recordQuery(api, recordId)),
    combine: (results) => results.flatMap(({ data }) => data ?? []),
  });
  const hasEnded = looks.some((record) => running.includes(record.recordId) && !isGoingOn(record));
  useEffect(() => {
    if (hasEnded) void client.invalidateQueries({ queryKey: keys.recordList });
  }, [hasEnded, client]);
  const records = useMemo((): readonly RecordView[] => {
    const seen = new Map(looks.map((record) => [record.recordId, record]));
    return listed.map((record) => seen.get(record.recordId) ?? record);
  }, [listed, looks]);
  return { list, records };
}
