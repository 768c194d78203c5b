// Which sign stands for how a state stands? A shape each, because colour alone says nothing to many.
import type { RunState } from '../../../../domain/api/run-view.ts';

const shapes: { readonly [Status in RunState['status']]: string } = {
  NOT_REACHED: 'M8 3.500a4.500 4.500 0 1 1 0 9a4.500 4.500 0 0 1 0-9Z',
  RUNNING: 'M8 2.500a5.500 5.500 0 1 1-5.500 5.500',
  SUCCEEDED: 'm3 8.500 3.200 3.200L13 4.800',
  FAILED: 'M4 4l8 8M12 4l-8 8',
  CAUGHT: 'M12.500 5.500 9.500 2.500M12.500 5.500l-3 3M12.500 5.500H6.500a3.500 3.500 0 0 0 0 7h3',
  ABORTED: 'M4.500 4.500h7v7h-7Z',
};

export function StatusSign({ status }: Pick<RunState, 'status'>) {
  return (
    <svg className="run-sign" viewBox="0 0 16 16" width="16" height="16" fill="none" aria-hidden="true">
      <path
        d={shapes[status]}
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
