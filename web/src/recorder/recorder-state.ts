// In which state is a recording, and what may happen in it?

/** Why a recording ended: the user, the limit, no room on the disk, a device that went, or the browser's encoder. */
export type EndReason = 'user' | 'limit' | 'storage-full' | 'device-lost' | 'encoder-failed';

export type RecorderState =
  | { readonly name: 'starting' }
  | { readonly name: 'recording'; readonly isNearLimit: boolean }
  | { readonly name: 'paused'; readonly isNearLimit: boolean }
  /** The last chunk is being written. */
  | { readonly name: 'stopping'; readonly reason: EndReason }
  | { readonly name: 'recorded'; readonly reason: EndReason }
  /** Nothing was recorded. */
  | { readonly name: 'failed'; readonly reason: EndReason };

export type RecorderEvent =
  | { readonly name: 'started' }
  | { readonly name: 'paused' }
  | { readonly name: 'resumed' }
  | { readonly name: 'near-limit' }
  | { readonly name: 'end'; readonly reason: EndReason }
  /** Everything that came is stored; `sizeBytes` of it. */
  | { readonly name: 'stored'; readonly sizeBytes: number };

/** The state after an event; an event that has no meaning in a state changes nothing. */
export function nextState(state: RecorderState, event: RecorderEvent): RecorderState {
  if (state.name === 'recorded' || state.name === 'failed') return state;
  switch (event.name) {
    case 'started':
      return state.name === 'starting' ? { name: 'recording', isNearLimit: false } : state;
    case 'paused':
      return state.name === 'recording' ? { ...state, name: 'paused' } : state;
    case 'resumed':
      return state.name === 'paused' ? { ...state, name: 'recording' } : state;
    case 'near-limit':
      return state.name === 'recording' || state.name === 'paused' ? { ...state, isNearLimit: true } : state;
    case 'end':
      // The first reason is the true one: a device that goes while the last chunk is written changes nothing.
      return state.name === 'stopping' ? state : { name: 'stopping', reason: event.reason };
    case 'stored':
      if (state.name !== 'stopping') return state;
      return { name: event.sizeBytes > 0 ? 'recorded' : 'failed', reason: state.reason };
  }
}

export const isActive = ({ name }: RecorderState): boolean => name !== 'recorded' && name !== 'failed';
