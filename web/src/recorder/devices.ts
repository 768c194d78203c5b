// Which camera and microphone are there, and what is wrong when they do not open?

/** Why camera and microphone could not be opened; each has its own way out. */
export type DeviceProblem =
  | 'DENIED'
  | 'DENIED_BY_SYSTEM'
  | 'NO_CAMERA'
  | 'NO_MICROPHONE'
  | 'IN_USE'
  | 'UNSUPPORTED'
  | 'INSECURE'
  | 'UNKNOWN';

export interface DeviceChoice {
  readonly cameraId: string | null;
  readonly microphoneId: string | null;
}

export interface Device {
  readonly id: string;
  /** Empty until the user allowed the devices once. */
  readonly label: string;
}

export interface Devices {
  readonly cameras: readonly Device[];
  readonly microphones: readonly Device[];
}

const isNamed = (error: unknown, ...names: readonly string[]): boolean =>
  error instanceof Error && names.includes(error.name);

/** What an error of `getUserMedia` means, given the devices that there are. */
export function deviceProblemOf(error: unknown, devices: Devices): DeviceProblem {
  if (isNamed(error, 'NotAllowedError', 'SecurityError')) {
    return error instanceof Error && /system/i.test(error.message) ? 'DENIED_BY_SYSTEM' : 'DENIED';
  }
  if (isNamed(error, 'NotFoundError', 'OverconstrainedError')) {
    return devices.cameras.length === 0 ? 'NO_CAMERA' : 'NO_MICROPHONE';
  }
  // Windows and Firefox say NotReadable, older browsers Abort or TrackStart, when another program has the device.
  if (isNamed(error, 'NotReadableError', 'AbortError', 'TrackStartError')) return 'IN_USE';
  return 'UNKNOWN';
}

/** Why this page cannot ask for devices at all, or `null`. */
export function pageProblem(page: Window): DeviceProblem | null {
  if (!page.isSecureContext) return 'INSECURE';
  return 'mediaDevices' in page.navigator && 'MediaRecorder' in page ? null : 'UNSUPPORTED';
}

/** The devices that the browser tells of. */
export async function listDevices(): Promise<Devices> {
  const all = await navigator.mediaDevices.enumerateDevices();
  const of = (kind: MediaDeviceKind): Device[] =>
    all.filter((device) => device.kind === kind).map(({ deviceId, label }) => ({ id: deviceId, label }));
  return { cameras: of('videoinput'), microphones: of('audioinput') };
}

const constraintsOf = ({ cameraId, microphoneId }: DeviceChoice): MediaStreamConstraints => ({
  video: {
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 30, max: 30 },
    facingMode: 'user',
    ...(cameraId === null ? {} : { deviceId: { exact: cameraId } }),
  },
  audio: {
    echoCancellation: true,
    noiseSuppression: true,
    // Loudness is one of the figures: a browser that turns it up and down would be measured instead of the voice.
    autoGainControl: false,
    ...(microphoneId === null ? {} : { deviceId: { exact: microphoneId } }),
  },
});

/** Opens the devices; a remembered one that is gone gives way to whichever there is. */
export async function openDevices(choice: DeviceChoice): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia(constraintsOf(choice));
  } catch (error) {
    const wasChosen = choice.cameraId !== null || choice.microphoneId !== null;
    if (!wasChosen || !isNamed(error, 'OverconstrainedError', 'NotFoundError')) throw error;
    return navigator.mediaDevices.getUserMedia(constraintsOf({ cameraId: null, microphoneId: null }));
  }
}

/** Lets go of the devices: their lights go out. */
export function closeStream(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
