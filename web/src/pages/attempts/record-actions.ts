// What can be done with a record, and what is refreshed after it?
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../../api/queries.ts';
import { useApi } from '../../app/context.ts';
import { showReceipt } from './receipt.ts';

/** Stops a running analysis; the record is read again at once. */
export function useCancelAnalysis() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (recordId: string) => api.ask('cancelAnalysis', { parameters: { recordId } }),
    onSuccess: (record) => client.setQueryData(keys.record(record.recordId), record),
    onSettled: () => client.invalidateQueries({ queryKey: keys.records }),
  });
}

/** Deletes a record with everything that belongs to it, and shows the receipt on the list of attempts. */
export function useDeleteRecord() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (recordId: string) => api.ask('deleteRecord', { parameters: { recordId } }),
    onSuccess(receipt, recordId) {
      showReceipt(receipt);
      for (const queryKey of [
        ['report', recordId],
        ['downloads', recordId],
      ])
        client.removeQueries({ queryKey });
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.recordList }),
  });
}
