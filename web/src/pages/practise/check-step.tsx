// Do camera and microphone work?
import { useTranslation } from 'react-i18next';
import type { Device } from '../../recorder/devices.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { DeviceTrouble } from './device-trouble.tsx';
import { LevelMeter } from './level-meter.tsx';
import { Preview } from './preview.tsx';
import type { PractiseEvent } from './session.ts';
import type { OpenDevices } from './use-devices.ts';

interface CheckProps {
  readonly devices: OpenDevices;
  readonly tell: (event: PractiseEvent) => void;
}

export function CheckStep({ devices, tell }: CheckProps) {
  const { t } = useTranslation('practise');
  const { stream, problem, choice, open } = devices;
  const choices = (list: readonly Device[], name: 'camera' | 'microphone') =>
    list.map(({ id, label }, at) => ({
      value: id,
      label: label === '' ? `${t(`check.${name}`)} ${String(at + 1)}` : label,
    }));
  if (problem) {
    return (
      <DeviceTrouble problem={problem} onRetry={() => open(choice)} onLeave={() => tell({ name: 'leave' })} />
    );
  }
  return (
    <section className="device-check" aria-label={t('steps.check')}>
      <Preview stream={stream} hasGuide />
      <div className="check-side">
        <h2>{t('check.title')}</h2>
        <p className="muted">{stream ? t('check.hint') : t('check.allow')}</p>
        {devices.devices.cameras.length > 0 ? (
          <Select
            label={t('check.camera')}
            choices={choices(devices.devices.cameras, 'camera')}
            value={choice.cameraId ?? ''}
            onChange={(cameraId) => open({ ...choice, cameraId })}
          />
        ) : null}
        {devices.devices.microphones.length > 0 ? (
          <Select
            label={t('check.microphone')}
            choices={choices(devices.devices.microphones, 'microphone')}
            value={choice.microphoneId ?? ''}
            onChange={(microphoneId) => open({ ...choice, microphoneId })}
          />
        ) : null}
        <LevelMeter stream={stream} hasWords />
        <div className="row">
          <Button onPress={() => tell({ name: 'leave' })}>{t('back', { ns: 'common' })}</Button>
          <Button kind="primary" isDisabled={!stream} onPress={() => tell({ name: 'checked' })}>
            {t('check.continue')}
          </Button>
        </div>
      </div>
    </section>
  );
}
