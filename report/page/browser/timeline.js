// How does the time line show, preview and change the position?

/** @import { Player } from './player.js' */

/**
 * @typedef {object} Storyboard
 * @property {number} secondsPerTile
 * @property {number} tileWidth
 * @property {number} tileHeight
 * @property {number} columns
 * @property {number} tileCount
 */

const stepSeconds = 1;
const pageSeconds = 10;

/** @param {number} seconds */
const clockOf = (seconds) => {
  const whole = Math.floor(seconds + 1e-6);
  const minutes = Math.floor(whole / 60);
  const end = String(whole % 60).padStart(2, '0');
  if (minutes < 60) return `${minutes}:${end}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${end}`;
};

/**
 * @param {{ player: Player, lengthSeconds: number, handle: HTMLElement, playhead: HTMLElement }} parts
 */
export function followPlayhead({ player, lengthSeconds, handle, playhead }) {
  let spoken = -1;
  player.onMove((seconds) => {
    playhead.style.left = `${(Math.min(seconds, lengthSeconds) / lengthSeconds) * 100}%`;
    const whole = Math.floor(seconds);
    if (whole === spoken) return;
    spoken = whole;
    handle.setAttribute('aria-valuenow', String(whole));
    handle.setAttribute('aria-valuetext', clockOf(seconds));
  });
  handle.addEventListener('keydown', (event) => {
    const now = player.position();
    const targets = new Map([
      ['ArrowLeft', now - stepSeconds],
      ['ArrowDown', now - stepSeconds],
      ['ArrowRight', now + stepSeconds],
      ['ArrowUp', now + stepSeconds],
      ['PageDown', now - pageSeconds],
      ['PageUp', now + pageSeconds],
      ['Home', 0],
      ['End', lengthSeconds],
    ]);
    const target = targets.get(event.key);
    if (target === undefined) return;
    event.preventDefault();
    player.seek(target);
  });
}

/**
 * Pressing and dragging on a free spot moves the player there.
 * @param {{ player: Player, lengthSeconds: number, lanes: HTMLElement, overlay: HTMLElement }} parts
 * @returns {(event: PointerEvent) => number} The second under the pointer, NaN beside the time line.
 */
export function scrub({ player, lengthSeconds, lanes, overlay }) {
  /** @param {PointerEvent} event */
  const secondsAt = (event) => {
    const box = overlay.getBoundingClientRect();
    const part = (event.clientX - box.left) / box.width;
    return part < -0.01 || part > 1.01 ? Number.NaN : Math.min(1, Math.max(0, part)) * lengthSeconds;
  };
  let isDragging = false;
  lanes.addEventListener('pointerdown', (event) => {
    const onMark = event.target instanceof Element && event.target.closest('[data-at]') !== null;
    const seconds = secondsAt(event);
    if (onMark || event.button !== 0 || Number.isNaN(seconds)) return;
    isDragging = true;
    lanes.setPointerCapture(event.pointerId);
    player.seek(seconds);
  });
  lanes.addEventListener('pointermove', (event) => {
    const seconds = secondsAt(event);
    if (isDragging && !Number.isNaN(seconds)) player.seek(seconds);
  });
  for (const end of ['pointerup', 'pointercancel']) {
    lanes.addEventListener(end, () => {
      isDragging = false;
    });
  }
  return secondsAt;
}

/**
 * Shows the picture, the time and the mark under the pointer.
 * @param {{ secondsAt: (event: PointerEvent) => number, lengthSeconds: number, lanes: HTMLElement, preview: HTMLElement, text: HTMLElement, storyboard: Storyboard | null }} parts
 */
export function previewUnderPointer({ secondsAt, lengthSeconds, lanes, preview, text, storyboard }) {
  const tile = preview.querySelector('svg');
  const hide = () => {
    preview.hidden = true;
  };
  lanes.addEventListener('pointermove', (event) => {
    const seconds = secondsAt(event);
    if (Number.isNaN(seconds) || event.pointerType === 'touch') {
      hide();
      return;
    }
    const mark = event.target instanceof Element ? event.target.closest('[data-label]') : null;
    text.textContent = mark?.getAttribute('data-label') ?? clockOf(seconds);
    if (tile && storyboard) {
      const number = Math.min(storyboard.tileCount - 1, Math.floor(seconds / storyboard.secondsPerTile));
      const x = (number % storyboard.columns) * storyboard.tileWidth;
      const y = Math.floor(number / storyboard.columns) * storyboard.tileHeight;
      tile.setAttribute('viewBox', `${x} ${y} ${storyboard.tileWidth} ${storyboard.tileHeight}`);
    }
    preview.hidden = false;
    const width = lanes.getBoundingClientRect().width;
    const part = seconds / lengthSeconds;
    preview.style.left = `${part * 100}%`;
    preview.style.translate = `${-part * 100}% 0`;
    preview.style.maxWidth = `${Math.min(width, 320)}px`;
  });
  lanes.addEventListener('pointerleave', hide);
}

/**
 * One tab stop per row; the arrow keys go from mark to mark.
 * @param {HTMLElement} lanes
 */
export function roveMarks(lanes) {
  lanes.addEventListener('keydown', (event) => {
    const mark = event.target instanceof Element ? event.target.closest('.mark') : null;
    if (!mark) return;
    const row = [...(mark.parentElement?.querySelectorAll('.mark') ?? [])];
    const now = row.indexOf(mark);
    const targets = new Map([
      ['ArrowLeft', now - 1],
      ['ArrowRight', now + 1],
      ['Home', 0],
      ['End', row.length - 1],
    ]);
    const next = row[targets.get(event.key) ?? -1];
    if (!(next instanceof SVGElement)) return;
    event.preventDefault();
    mark.setAttribute('tabindex', '-1');
    next.setAttribute('tabindex', '0');
    next.focus();
  });
}
