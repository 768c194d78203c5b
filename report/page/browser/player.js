// How does the page move the player, and how does it learn where the player is?

/**
 * @typedef {object} Player
 * @property {(seconds: number, options?: { play?: boolean }) => void} seek Moves to a second; plays from there if asked.
 * @property {() => number} position In seconds.
 * @property {(listener: (seconds: number) => void) => void} onMove Called at every change of position, at most once per picture.
 */

/**
 * Follows the video, or, without one, a position of its own, so that the time line works all the same.
 * @param {HTMLVideoElement | null} video
 * @param {number} lengthSeconds
 * @returns {Player}
 */
export function createPlayer(video, lengthSeconds) {
  /** @type {((seconds: number) => void)[]} */
  const listeners = [];
  let position = 0;
  const tell = () => {
    if (video) position = video.currentTime;
    for (const listener of listeners) listener(position);
  };
  const follow = () => {
    tell();
    if (video && !video.paused) requestAnimationFrame(follow);
  };
  if (video) {
    for (const event of ['timeupdate', 'seeking', 'seeked', 'loadedmetadata']) {
      video.addEventListener(event, tell);
    }
    video.addEventListener('play', follow);
  }
  return {
    seek: (seconds, { play = false } = {}) => {
      position = Math.min(lengthSeconds, Math.max(0, seconds));
      if (!video) {
        tell();
        return;
      }
      video.currentTime = position;
      // A browser may refuse to play or be interrupted; the moment is shown all the same.
      if (play) video.play().catch(() => {});
    },
    position: () => position,
    onMove: (listener) => {
      listeners.push(listener);
      listener(position);
    },
  };
}

/**
 * Tries the file beside the page when the browser cannot play the embedded copy, then says that it failed.
 * @param {HTMLVideoElement} video
 * @param {HTMLElement} problem
 */
export function watchFailure(video, problem) {
  const recover = () => {
    const beside = video.dataset['beside'] ?? '';
    if (video.src.startsWith('data:') && beside !== '') video.src = beside;
    else problem.hidden = false;
  };
  video.addEventListener('error', recover);
  // It may have failed before this script ran.
  if (video.error) recover();
}

/**
 * Keeps a playing video in sight: it floats in the corner while its place on the page is scrolled away.
 * @param {HTMLVideoElement} video
 */
export function floatWhenAway(video) {
  const frame = video.parentElement;
  if (!frame) return;
  let isAway = false;
  const update = () => {
    const isFloating = isAway && !video.paused && document.fullscreenElement === null;
    if (isFloating) frame.style.height = `${frame.offsetHeight}px`;
    else frame.style.removeProperty('height');
    frame.classList.toggle('is-floating', isFloating);
  };
  new IntersectionObserver((entries) => {
    isAway = !entries.some((entry) => entry.isIntersecting);
    update();
  }).observe(frame);
  for (const event of ['play', 'pause']) video.addEventListener(event, update);
}
