// How does the transcript follow the player, and the player the transcript?

/** @import { Player } from './player.js' */

/** A reader who scrolls is left alone for this long. */
const scrollRestMs = 4000;

/**
 * @param {Player} player
 * @param {HTMLElement} region
 */
export function followWords(player, region) {
  const words = [...region.querySelectorAll('.word')].filter((word) => word instanceof HTMLElement);
  const starts = words.map((word) => Number(word.dataset['at']));
  let current = -1;
  let scrolledAt = -scrollRestMs;
  for (const event of ['wheel', 'touchmove', 'keydown']) {
    region.addEventListener(event, () => (scrolledAt = performance.now()), { passive: true });
  }
  player.onMove((seconds) => {
    const index = lastAtOrBefore(starts, seconds + 0.001);
    if (index === current) return;
    words[current]?.classList.remove('is-spoken');
    current = index;
    const word = words[index];
    if (!word) return;
    word.classList.add('is-spoken');
    if (performance.now() - scrolledAt > scrollRestMs) keepInView(word, region);
  });
  region.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const target = starts[Math.min(starts.length - 1, Math.max(0, current + step))];
    if (step === 0 || target === undefined) return;
    event.preventDefault();
    scrolledAt = -scrollRestMs;
    player.seek(target);
  });
}

/**
 * @param {readonly number[]} sorted
 * @param {number} limit
 * @returns {number} The index of the last value that is not greater, or -1.
 */
export function lastAtOrBefore(sorted, limit) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Scrolls the region only, never the page.
 * @param {HTMLElement} word
 * @param {HTMLElement} region
 */
function keepInView(word, region) {
  const box = region.getBoundingClientRect();
  const place = word.getBoundingClientRect();
  const margin = place.height * 2;
  if (place.top >= box.top + margin && place.bottom <= box.bottom - margin) return;
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  region.scrollBy({ top: place.top - box.top - box.height / 3, behavior: isCalm ? 'auto' : 'smooth' });
}
