// How does a page have the camera and the microphone, and let go of them?
import { useCallback, useEffect, useRef, useState } from 'react';
import { recall, remember } from '../../app/remembered.ts';
import {
  closeStream,
  deviceProblemOf,
  listDevices,
  openDevices,
  pageProblem,
  type DeviceChoice,
  type DeviceProblem,
  type Devices,
} from '../../recorder/devices.ts';

export interface OpenDevices {
  readonly stream: MediaStream | null;
  readonly problem: DeviceProblem | null;
  readonly devices: Devices;
  /** What is open, where the browser tells. */
  readonly choice: DeviceChoice;
  readonly open: (choice: DeviceChoice) => void;
}

const none: Devices = { cameras: [], microphones: [] };
const remembered = (): DeviceChoice => ({ cameraId: recall('camera'), microphoneId: recall('microphone') });

const choiceOf = (stream: MediaStream): DeviceChoice => ({
  cameraId: stream.getVideoTracks()[0]?.getSettings().deviceId ?? null,
  microphoneId: stream.getAudioTracks()[0]?.getSettings().deviceId ?? null,
});

/** Opens the devices while they are wanted and closes them after; what was chosen is remembered. */
export function useDevices(isWanted: boolean): OpenDevices {
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [problem, setProblem] = useState<DeviceProblem | null>(null);
  const [devices, setDevices] = useState<Devices>(none);
  const [choice, setChoice] = useState<DeviceChoice>(remembered);
  const current = useRef<MediaStream | null>(null);
  const turn = useRef(0);

  const close = useCallback(() => {
    turn.current += 1;
    closeStream(current.current);
    current.current = null;
    setStream(null);
  }, []);
  const open = useCallback(
    async (wanted: DeviceChoice): Promise<void> => {
      close();
      const { current: mine } = turn;
      setProblem(pageProblem(window));
      if (pageProblem(window)) return;
      try {
        const opened = await openDevices(wanted);
        // Somebody asked for others in the meantime, or the page is gone.
        if (mine !== turn.current) return closeStream(opened);
        current.current = opened;
        setStream(opened);
        const got = choiceOf(opened);
        setChoice(got);
        remember('camera', got.cameraId);
        remember('microphone', got.microphoneId);
        setDevices(await listDevices());
      } catch (error) {
        const known = await listDevices().catch(() => none);
        if (mine !== turn.current) return;
        setDevices(known);
        setProblem(deviceProblemOf(error, known));
      }
    },
    [close],
  );

  useEffect(() => {
    if (!isWanted) return undefined;
    void open(remembered());
    const refresh = (): void => void listDevices().then(setDevices, () => undefined);
    navigator.mediaDevices?.addEventListener('devicechange', refresh);
    return () => {
      navigator.mediaDevices?.removeEventListener('devicechange', refresh);
      close();
    };
  }, [isWanted, open, close]);

  return { stream, problem, devices, choice, open: useCallback((wanted) => void open(wanted), [open]) };
}
