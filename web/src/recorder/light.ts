// Is there enough light on the picture?

export type Light = 'dark' | 'good' | 'bright';

/** Mean luma (BT.709, 0–255) below which a face is hard to see, and above which it is washed out. */
const darkest = 55;
const brightest = 225;

/** Judges RGBA pixels by their mean luma. */
export function lightOf(pixels: Uint8ClampedArray): Light {
  let sum = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    sum += 0.2126 * (pixels[at] ?? 0) + 0.7152 * (pixels[at + 1] ?? 0) + 0.0722 * (pixels[at + 2] ?? 0);
  }
  const mean = sum / Math.max(1, pixels.length / 4);
  if (mean < darkest) return 'dark';
  return mean > brightest ? 'bright' : 'good';
}

/** Looks at the preview every second on a tiny canvas until the returned function is called. */
export function watchLight(video: HTMLVideoElement, onLight: (light: Light) => void): () => void {
  const canvas = document.createElement('canvas');
  canvas.width = 32;
  canvas.height = 18;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const look = (): void => {
    if (!context || video.readyState < 2) return;
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    onLight(lightOf(context.getImageData(0, 0, canvas.width, canvas.height).data));
  };
  const timer = setInterval(look, 1000);
  return () => clearInterval(timer);
}
