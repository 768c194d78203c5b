// What does the page do once it is open?
import { createPlayer, floatWhenAway, watchFailure } from './player.js';
import { followPlayhead, previewUnderPointer, roveMarks, scrub } from './timeline.js';
import { followWords } from './transcript.js';

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
const byId = (id) => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}.`);
  return element;
};

const { lengthSeconds, storyboard } = JSON.parse(byId('data').textContent ?? '');
const video = /** @type {HTMLVideoElement | null} */ (document.getElementById('video'));
const player = createPlayer(video, lengthSeconds);
const lanes = byId('lanes');
const overlay = byId('overlay');

if (video) {
  watchFailure(video, byId('video-problem'));
  floatWhenAway(video);
}
followPlayhead({ player, lengthSeconds, handle: byId('handle'), playhead: byId('playhead') });
const secondsAt = scrub({ player, lengthSeconds, lanes, overlay });
const preview = byId('preview');
previewUnderPointer({ secondsAt, lengthSeconds, lanes, preview, text: byId('preview-text'), storyboard });
roveMarks(lanes);
const words = document.getElementById('words');
if (words) followWords(player, words);

/** @param {Event} event */
const jump = (event) => {
  const moment = event.target instanceof Element ? event.target.closest('[data-at]') : null;
  if (moment) player.seek(Number(moment.getAttribute('data-at')), { play: true });
  return moment !== null;
};
document.addEventListener('click', jump);
document.addEventListener('keydown', (event) => {
  const isButton = event.target instanceof HTMLButtonElement;
  if ((event.key === 'Enter' || event.key === ' ') && !isButton && jump(event)) event.preventDefault();
});
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true;
});
