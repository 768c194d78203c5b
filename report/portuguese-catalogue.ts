// How are the figures called in Portuguese, how are they computed, and in which units?
import type { FormulaName } from '../domain/formulas.ts';
import { videoThresholds as limits } from '../domain/video-thresholds.ts';
import type { Catalogue } from './catalogue.ts';
import { sentences } from './portuguese-sentences.ts';

type FigureWords = NonNullable<Catalogue['formulas'][FormulaName]>;

const ownRule = 'regra prática do próprio Greenroom; compare com as suas outras tentativas';
const own = { source: ownRule, bandSource: ownRule };
const deJong = 'De Jong & Wempe (2009), Praat script to detect syllable nuclei, Behavior Research Methods 41';
const conversation = 'o inglês falado em conversa fica entre 3,5 e 5 sílabas/s';
const decimal = (value: number): string => String(value).replace('.', ',');

const video = {
  facePresence: {
    title: 'Rosto na imagem',
    definition: 'quadros com pelo menos um rosto ÷ quadros examinados (2 por segundo)',
    ...own,
  },
  attention: {
    title: 'De frente para a câmera',
    definition: `quadros cujo maior rosto tem |guinada| ≤ ${limits.maxYawDegrees}°, |inclinação| ≤ ${limits.maxPitchDegrees}° e íris a no máximo ${decimal(limits.maxIrisOffset)} larguras de olho do meio do olho (só a cabeça, se os olhos estão fechados ou pequenos demais) ÷ quadros com rosto`,
    ...own,
  },
  awayEpisodes: {
    title: 'Desvia o olhar',
    definition: `sequências de pelo menos ${limits.minAwaySeconds} s em que se vê um rosto, mas não de frente para a câmera`,
    source: ownRule,
  },
  framing: {
    title: 'Bem enquadrado',
    definition: `quadros cujo maior rosto, do cabelo ao queixo, ocupa ${limits.minFaceHeight * 100}–${limits.maxFaceHeight * 100} % da altura da imagem e está centrado no terço do meio ÷ quadros com rosto`,
    ...own,
  },
  faceLight: {
    title: 'Rosto bem iluminado',
    definition: `quadros cujo maior rosto tem luma média de ${limits.minFaceLuma}–${limits.maxFaceLuma} (de 255) ÷ quadros com rosto`,
    ...own,
  },
  peopleAtOnce: {
    title: 'Pessoas ao mesmo tempo',
    definition: 'o maior número de rostos vistos em pelo menos dois quadros seguidos',
    ...own,
  },
  darkTime: {
    title: 'Imagem escura',
    definition: 'duração total dos trechos de pelo menos 0,5 s em que 98 % dos pixels estão quase pretos',
    source: 'blackdetect do FFmpeg',
    bandSource: ownRule,
  },
  frozenTime: {
    title: 'Imagem congelada',
    definition:
      'duração total dos trechos de pelo menos 2 s em que a imagem não muda nada; trechos escuros ficam de fora',
    source: 'freezedetect do FFmpeg, tolerância a ruído 0,003',
    bandSource: ownRule,
  },
  blur: {
    title: 'Desfoque',
    definition:
      'mediana do desfoque perceptual das imagens (4 por segundo, 320 pixels de largura); menor é mais nítido',
    source: 'blurdetect do FFmpeg, segundo Marziliano et al. (2002), A no-reference perceptual blur metric',
  },
  objects: {
    title: 'Objetos',
    definition:
      'tipos de coisas, não de pessoas, que um serviço nomeia na imagem, cada uma pelo nome mais específico; ele vê um quadro a cada 5 s, no máximo 60 ao todo',
    source: 'o serviço configurado',
  },
} as const satisfies { readonly [Name in FormulaName]?: FigureWords };

const audio = {
  loudness: {
    title: 'Volume',
    definition: 'volume integrado com os limiares da EBU R 128',
    source: 'EBU R 128 (2023), ebur128 do FFmpeg',
    bandSource: 'a EBU R 128 pede −23 LUFS, serviços de streaming cerca de −14',
  },
  peak: {
    title: 'Nível de pico',
    definition: 'maior pico de amostra',
    source: 'ebur128 do FFmpeg, pico de amostra',
    bandSource: 'amostras na escala máxima estão cortadas',
  },
  speechShare: {
    title: 'Tempo com som',
    definition: 'tempo fora dos silêncios (abaixo de −35 dBFS por pelo menos 0,25 s) ÷ duração da gravação',
    source: `razão de tempo de fonação, ${deJong}`,
  },
  pauses: {
    title: 'Pausas',
    definition: 'silêncios de pelo menos 0,25 s entre o primeiro e o último som',
    source: 'Goldman-Eisler (1968), Psycholinguistics: 0,25 s separa hesitação de articulação',
  },
  longPauses: { title: 'Pausas longas', definition: 'pausas de pelo menos 2 s', ...own },
  syllableRate: {
    title: 'Sílabas por segundo, só de ouvido',
    definition:
      'núcleos silábicos encontrados no som ÷ tempo fora dos silêncios; nenhuma transcrição é usada',
    source: deJong,
    bandSource: conversation,
  },
} as const satisfies { readonly [Name in FormulaName]?: FigureWords };

const text = {
  wordCount: {
    title: 'Palavras',
    definition: 'palavras da transcrição, muletas incluídas',
    source: 'a transcrição',
  },
  speechRate: {
    title: 'Ritmo da fala',
    definition: 'palavras ÷ (fim da última palavra − início da primeira) × 60',
    source: 'comum em treinamento de fala',
    bandSource: 'a faixa que treinadores de fala recomendam para palestras',
  },
  articulationRate: {
    title: 'Ritmo de articulação',
    definition:
      'sílabas da transcrição ÷ (tempo da primeira à última palavra − silêncios de pelo menos 0,25 s nele)',
    source: deJong,
    bandSource: conversation,
  },
  fillersPerMinute: {
    title: 'Muletas por minuto',
    definition:
      'um, uh, er, erm e hmm sempre, “like”, “you know”, “I mean” e “sort of” só por padrão ÷ minutos da primeira à última palavra',
    source: ownRule,
  },
  fillersPer100Words: {
    title: 'Muletas por 100 palavras',
    definition: 'as mesmas muletas ÷ palavras × 100',
    source: ownRule,
    bandSource: 'um limite comum entre treinadores de fala',
  },
  hedgesPer100Words: {
    title: 'Atenuadores por 100 palavras',
    definition: 'palavras que recuam do que se diz (“talvez”, “eu acho”, “meio que”) ÷ palavras × 100',
    source: 'Hyland (2005), Metadiscourse',
    bandSource: ownRule,
  },
  repeats: {
    title: 'Palavras repetidas',
    definition: 'uma palavra ou um par de palavras dito de novo logo em seguida (“que que”)',
    source: 'marcação de disfluências do corpus Switchboard',
  },
  sentenceLength: {
    title: 'Palavras por frase',
    definition: 'palavras ÷ frases; precisa de pontuação na transcrição',
    source: 'comum na pesquisa de legibilidade',
    bandSource: 'guias de linguagem simples',
  },
  lexicalDiversity: {
    title: 'Diversidade lexical (MTLD)',
    definition:
      'comprimento médio das sequências de palavras que mantêm uma razão tipo–ocorrência acima de 0,72, de frente para trás e de trás para a frente; não abaixo de 100 palavras',
    source: 'McCarthy & Jarvis (2010), MTLD, vocd-D, and HD-D, Behavior Research Methods 42',
  },
  readingGrade: {
    title: 'Nível Flesch–Kincaid',
    definition: '0,39 × palavras/frase + 11,8 × sílabas/palavra − 15,59; só inglês com pontuação',
    source: 'Kincaid et al. (1975), Derivation of new readability formulas',
  },
} as const satisfies { readonly [Name in FormulaName]?: FigureWords };

/** Every figure: one that is missing does not compile. */
const figures: { readonly [Name in FormulaName]: FigureWords } = { ...video, ...audio, ...text };

export const catalogue: Catalogue = {
  formulas: figures,
  units: {
    episodes: 'episódios',
    people: 'pessoas',
    kinds: 'tipos',
    score: 'pontos',
    pauses: 'pausas',
    'syllables/s': 'sílabas/s',
    words: 'palavras',
    'words/min': 'palavras/min',
    'fillers/min': 'muletas/min',
    'fillers/100 words': 'muletas/100 palavras',
    'hedges/100 words': 'atenuadores/100 palavras',
    repeats: 'repetições',
    'school grade': 'ano escolar',
  },
  sentences,
};
