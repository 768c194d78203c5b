// Which signs do the player's buttons carry?
import { icon } from '../../ui/icons.tsx';

export const SoundIcon = icon(
  <path d="M4 9.5v5h3.5L12 18.500v-13L7.500 9.500H4ZM15.500 9a4.200 4.200 0 0 1 0 6M18 6.500a7.800 7.800 0 0 1 0 11" />,
);
export const MutedIcon = icon(
  <path d="M4 9.5v5h3.5L12 18.500v-13L7.500 9.500H4ZM16 9.500l5 5M21 9.500l-5 5" />,
);
export const CaptionsIcon = icon(
  <>
    <rect x="3" y="5.5" width="18" height="13" rx="2.5" />
    <path d="M10 10.500a2 2 0 1 0 0 3M17 10.500a2 2 0 1 0 0 3" />
  </>,
);
export const FullscreenIcon = icon(
  <path d="M4.500 9V4.500H9M15 4.500h4.500V9M19.500 15v4.500H15M9 19.500H4.500V15" />,
);
export const PreviousIcon = icon(<path d="m14 7-5 5 5 5" />);
export const NextIcon = icon(<path d="m10 7 5 5-5 5" />);
export const DownloadIcon = icon(<path d="M12 4.500v11M7.500 11.500 12 15.500l4.500-4M4.500 19.500h15" />);
