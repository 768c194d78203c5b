// How is a record deleted? After a question, and with a receipt.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOfFailure } from '../../api/problem-error.ts';
import { Button } from '../../ui/button.tsx';
import { Confirmation } from '../../ui/dialog.tsx';
import { TrashIcon } from '../../ui/icons.tsx';
import { Failure } from '../../ui/query-state.tsx';
import { useDeleteRecord } from './record-actions.ts';

interface DeleteButtonProps {
  readonly recordId: string;
  readonly isGoingOn: boolean;
  /** Of which attempt, for a button among many. */
  readonly name?: string;
  readonly onDeleted?: () => void;
}

export function DeleteButton({ recordId, isGoingOn, name, onDeleted }: DeleteButtonProps) {
  const { t } = useTranslation(['attempts', 'common']);
  const [isAsking, setIsAsking] = useState(false);
  const { mutate, reset, error, isPending } = useDeleteRecord();
  const close = (): void => {
    setIsAsking(false);
    reset();
    // Deleted in another window: what was wanted is so.
    if (error && codeOfFailure(error) === 'NOT_FOUND') onDeleted?.();
  };
  return (
    <>
      <Button
        kind="quiet"
        icon={<TrashIcon />}
        aria-label={name === undefined ? t('common:delete') : t('deleteOf', { name })}
        onPress={() => setIsAsking(true)}
      />
      <Confirmation
        title={t('deleteTitle')}
        isOpen={isAsking}
        onClose={close}
        onConfirm={() => mutate(recordId, { onSuccess: () => onDeleted?.() })}
        confirmLabel={t('common:delete')}
        isPending={isPending}
      >
        {name === undefined ? null : (
          <p dir="auto" className="delete-name">
            {name}
          </p>
        )}
        <p>{t('deleteText')}</p>
        {isGoingOn ? <p>{t('deleteRunning')}</p> : null}
        {error ? <Failure error={error} /> : null}
      </Confirmation>
    </>
  );
}
