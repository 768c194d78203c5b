// How does the app ask something that must be answered first?
import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** `alertdialog` for what cannot be undone. Default `dialog`. */
  readonly role?: 'dialog' | 'alertdialog';
  readonly children: ReactNode;
  /** Buttons at the end, the main one last. */
  readonly actions: ReactNode;
  readonly width?: 'normal' | 'wide';
}

/** A window above the page; Escape and a press outside close it, and the focus goes back to where it was. */
export function Dialog({ title, isOpen, onClose, role = 'dialog', children, actions, width }: DialogProps) {
  return (
    <ModalOverlay
      className="scrim"
      isOpen={isOpen}
      onOpenChange={(open) => (open ? undefined : onClose())}
      isDismissable={role === 'dialog'}
    >
      <Modal className={`modal modal-${width ?? 'normal'}`}>
        <AriaDialog role={role} className="dialog">
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          <div className="dialog-body">{children}</div>
          <div className="row row-end">{actions}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

interface ConfirmationProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
  /** What the button says that does it, such as "Delete". */
  readonly confirmLabel: string;
  readonly isPending?: boolean;
  readonly children: ReactNode;
}

/** Asks before something that cannot be undone; the focus begins on the harmless button. */
export function Confirmation(props: ConfirmationProps) {
  const { title, isOpen, onClose, onConfirm, confirmLabel, isPending = false, children } = props;
  const { t } = useTranslation();
  const actions = (
    <>
      <Button autoFocus onPress={onClose} isDisabled={isPending}>
        {t('cancel')}
      </Button>
      <Button kind="danger" onPress={onConfirm} isPending={isPending}>
        {confirmLabel}
      </Button>
    </>
  );
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} role="alertdialog" actions={actions}>
      {children}
    </Dialog>
  );
}
