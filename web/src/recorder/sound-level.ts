// How loud is it at the microphone now?

/** Quietest level that the meter shows, in decibels below full scale. */
const floorDb = -60;

/** 0–1 of the meter for samples between −1 and 1: their root mean square in decibels, −60 dB and below is 0. */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = Math.sqrt(sum / Math.max(1, samples.length));
  if (rms === 0) return 0;
  return Math.min(1, Math.max(0, 1 - (20 * Math.log10(rms)) / floorDb));
}

/** Level of the meter above which one is heard well: −42 dB. */
export const audibleLevel = 0.3;

/** Calls `onLevel` about 30 times a second until the returned function is called. */
export function watchLevel(stream: MediaStream, onLevel: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 2048;
  const source = context.createMediaStreamSource(stream);
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  // A page that got its devices without a press of a button may have a sleeping sound system.
  void context.resume();
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    onLevel(levelOf(samples));
  }, 33);
  return () => {
    clearInterval(timer);
    source.disconnect();
    void context.close();
  };
}
