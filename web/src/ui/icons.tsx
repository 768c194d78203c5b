// Which signs stand beside words? Drawn in one weight; never the only carrier of a meaning.
import type { ReactNode } from 'react';

/** A sign of the family, from the paths of its 24 × 24 drawing. */
export const icon = (paths: ReactNode) =>
  function Icon() {
    return (
      <svg
        viewBox="0 0 24 24"
        width="20"
        height="20"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {paths}
      </svg>
    );
  };

export const VideoIcon = icon(
  <>
    <rect x="3" y="6" width="12.5" height="12" rx="2.5" />
    <path d="m15.5 10.5 5-3v9l-5-3" />
  </>,
);
export const ListIcon = icon(<path d="M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01" />);
export const QuestionIcon = icon(
  <>
    <path d="M21 12a8 8 0 0 1-11.6 7.1L4 20.5l1.4-4.6A8 8 0 1 1 21 12Z" />
    <path d="M10.6 10a2.1 2.1 0 1 1 2.9 2c-.6.3-.9.7-.9 1.3M12.6 16h.01" />
  </>,
);
export const FlowIcon = icon(
  <>
    <rect x="3" y="4" width="6" height="5" rx="1.2" />
    <rect x="15" y="4" width="6" height="5" rx="1.2" />
    <rect x="9" y="15" width="6" height="5" rx="1.2" />
    <path d="M6 9v3h12V9M12 12v3" />
  </>,
);
export const SettingsIcon = icon(
  <>
    <path d="M4 7h9M17 7h3M4 17h3M11 17h9" />
    <circle cx="15" cy="7" r="2" />
    <circle cx="9" cy="17" r="2" />
  </>,
);
export const SunIcon = icon(
  <>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M18.4 5.6l-1.1 1.1M6.7 17.3l-1.1 1.1" />
  </>,
);
export const MoonIcon = icon(<path d="M20 14.2A8 8 0 1 1 9.8 4a6.4 6.4 0 0 0 10.2 10.2Z" />);
export const ScreenIcon = icon(
  <>
    <rect x="3" y="4.5" width="18" height="12" rx="2" />
    <path d="M9 20h6M12 16.5V20" />
  </>,
);
export const LanguageIcon = icon(
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M3.5 12h17M12 3.5c2.3 2.4 3.4 5.2 3.4 8.5s-1.1 6.1-3.4 8.5c-2.3-2.4-3.4-5.2-3.4-8.5S9.7 5.9 12 3.500Z" />
  </>,
);
export const ChevronIcon = icon(<path d="m7 10 5 5 5-5" />);
export const CloseIcon = icon(<path d="M6 6l12 12M18 6 6 18" />);
export const PlusIcon = icon(<path d="M12 5v14M5 12h14" />);
export const TrashIcon = icon(
  <path d="M4.5 7h15M10 7V4.500h4V7M6.5 7l.8 12.500h9.400L17.5 7M10.2 11v5M13.8 11v5" />,
);
export const EditIcon = icon(<path d="M4.5 19.5 5.5 15 16 4.500l3.5 3.500L9 18.500l-4.5 1Z" />);
export const PlayIcon = icon(<path d="M7.5 5.500v13l11-6.5-11-6.500Z" />);
export const PauseIcon = icon(<path d="M8.5 5.500v13M15.5 5.500v13" />);
export const StopIcon = icon(<rect x="6.5" y="6.5" width="11" height="11" rx="2" />);
export const RedoIcon = icon(<path d="M4.5 12A7.5 7.5 0 1 0 7 6.400L4.5 8.700M4.5 4.500v4.200h4.2" />);
export const UploadIcon = icon(
  <path d="M12 15.500V4.500M7.5 8.5 12 4.500l4.5 4M4.5 15.500v2.500a1.5 1.5 0 0 0 1.5 1.500h12a1.5 1.5 0 0 0 1.5-1.500v-2.5" />,
);
export const CheckIcon = icon(<path d="m5 12.5 4.5 4.500L19 7.5" />);
export const AlertIcon = icon(<path d="M12 4 2.8 19.500h18.400L12 4ZM12 10v4.500M12 17.200h.01" />);
export const MicrophoneIcon = icon(
  <>
    <rect x="9" y="3.5" width="6" height="10.5" rx="3" />
    <path d="M5.5 11.500a6.5 6.5 0 0 0 13 0M12 18v2.5" />
  </>,
);
