// In which state is an upload, and what may happen to it?
import type { FailureCode } from '../api/problem-error.ts';

/** Why an upload ended without success: a code of the API, or the store's refusal of the file. */
export type UploadFailure = FailureCode | 'REFUSED' | 'LOST_LOCALLY';

export type UploadState =
  | { readonly name: 'waiting' }
  | { readonly name: 'preparing' }
  | { readonly name: 'sending'; readonly sentBytes: number }
  /** Nothing gets through; the next try is on its way, at once when the network is back. */
  | { readonly name: 'interrupted'; readonly failures: number }
  | { readonly name: 'elsewhere' }
  | { readonly name: 'sent'; readonly recordId: string }
  | { readonly name: 'failed'; readonly failure: UploadFailure }
  | { readonly name: 'cancelled' };

export type UploadEvent =
  | { readonly name: 'prepare' }
  | { readonly name: 'progress'; readonly sentBytes: number }
  | { readonly name: 'interrupt'; readonly failures: number }
  | { readonly name: 'other-tab' }
  | { readonly name: 'sent'; readonly recordId: string }
  | { readonly name: 'fail'; readonly failure: UploadFailure }
  | { readonly name: 'cancel' }
  | { readonly name: 'again' };

type ClosedUpload = Extract<UploadState, { readonly name: 'sent' | 'failed' | 'cancelled' }>;

export const isClosed = (state: UploadState): state is ClosedUpload =>
  state.name === 'sent' || state.name === 'failed' || state.name === 'cancelled';

/** The state after an event. What is closed stays so, but a failure may be tried again. */
export function nextUploadState(state: UploadState, event: UploadEvent): UploadState {
  if (event.name === 'again') return state.name === 'sent' ? state : { name: 'waiting' };
  if (isClosed(state)) return state;
  switch (event.name) {
    case 'prepare':
      return { name: 'preparing' };
    case 'progress':
      return { name: 'sending', sentBytes: event.sentBytes };
    case 'interrupt':
      return { name: 'interrupted', failures: event.failures };
    case 'other-tab':
      return { name: 'elsewhere' };
    case 'sent':
      return { name: 'sent', recordId: event.recordId };
    case 'fail':
      return { name: 'failed', failure: event.failure };
    case 'cancel':
      return { name: 'cancelled' };
  }
}
