// What do the sentences of a report become in Portuguese? Reasons and problems here, the judgements of the rules beside it.
import { judgements } from './portuguese-judgements.ts';

const languages = {
  'a language that is not known': 'um idioma desconhecido',
  'the language {0}': 'o idioma {0}',
};

const reasons = {
  'the recording has no picture': 'a gravação não tem imagem',
  'the recording has no sound': 'a gravação não tem som',
  'no face was seen, so there is nothing to judge': 'nenhum rosto foi visto, portanto não há o que julgar',
  'faces were not looked for': 'não se procurou por rostos',
  'looking for faces was switched off': 'a procura por rostos estava desligada',
  'no frame was looked at': 'nenhum quadro foi examinado',
  'one frame alone cannot show who stays in the picture':
    'um único quadro não mostra quem permanece na imagem',
  'no picture had an edge to judge': 'nenhuma imagem tinha um contorno para julgar',
  'objects are not looked for: the detector that comes with the face models has no licence, and no service is configured':
    'não se procura por objetos: o detector que vem com os modelos de rosto não tem licença, e nenhum serviço está configurado',
  'no object detector is configured': 'nenhum detector de objetos está configurado',
  'nothing in the recording is louder than the gate of EBU R 128':
    'nada na gravação é mais alto que o limiar da EBU R 128',
  'the sound is digital silence': 'o som é silêncio digital',
  'there is no sound above −35 dBFS, so that nothing lies between sounds':
    'não há som acima de −35 dBFS, portanto nada fica entre sons',
  'no syllable can be heard in the sound': 'não se ouve nenhuma sílaba no som',
  'there is no transcript': 'não há transcrição',
  'the transcript holds no words': 'a transcrição não tem palavras',
  'the words of the transcript have no length in time': 'as palavras da transcrição não têm duração',
  'there is no list of fillers for {0}': 'não há lista de muletas para {0}',
  'there is no list of hedges for {0}': 'não há lista de atenuadores para {0}',
  'it needs at least {0} words, the answer has {1}':
    'são necessárias pelo menos {0} palavras, a resposta tem {1}',
  'no word is used twice, so that no run of words ends':
    'nenhuma palavra se repete, portanto nenhuma sequência termina',
  'the formula holds for English, the transcript is in {0}':
    'a fórmula vale para o inglês, a transcrição está em {0}',
  'the transcript has no punctuation that ends sentences':
    'a transcrição não tem pontuação que termine frases',
  'the transcript has too little punctuation to tell its sentences apart':
    'a transcrição tem pontuação de menos para separar as frases',
  'syllables are counted in English only, the transcript is in {0}':
    'só se contam sílabas em inglês, a transcrição está em {0}',
  'without the sound, pauses are known only if every word has a time of its own':
    'sem o som, as pausas só são conhecidas se cada palavra tem o seu próprio tempo',
  'between the first word and the last there is only silence':
    'entre a primeira palavra e a última só há silêncio',
  'no speech recogniser is configured and no transcript file was given':
    'nenhum reconhecedor de fala está configurado e nenhum arquivo de transcrição foi fornecido',
  'The speech recogniser found no words in the recording.':
    'O reconhecedor de fala não encontrou palavras na gravação.',
  'Amazon Transcribe found no words in the recording.':
    'O Amazon Transcribe não encontrou palavras na gravação.',
  'The sound of the recording could not be decoded.': 'O som da gravação não pôde ser decodificado.',
  'pocketsphinx knows English only, and the recording’s language is {0}.':
    'O pocketsphinx só conhece inglês, e o idioma da gravação é {0}.',
  'the sharpest moment at which the face looks at the camera, well framed and lit':
    'o momento mais nítido em que o rosto olha para a câmera, bem enquadrado e iluminado',
  'the sharpest picture that is not dark; no face looks at the camera, well framed and lit':
    'a imagem mais nítida que não está escura; nenhum rosto olha para a câmera, bem enquadrado e iluminado',
  'the first picture; none was measured': 'a primeira imagem; nenhuma foi medida',
};

const problems = {
  'The recording has no picture.': 'A gravação não tem imagem.',
  'The recording has no sound.': 'A gravação não tem som.',
  'The picture of the recording cannot be decoded.': 'A imagem da gravação não pode ser decodificada.',
  'The sound of the recording cannot be decoded.': 'O som da gravação não pode ser decodificado.',
  'Parts of the recording are damaged (FFmpeg: {0}).': 'Partes da gravação estão danificadas (FFmpeg: {0}).',
  'The recording breaks off; its first {0} seconds were saved.':
    'A gravação foi interrompida; os primeiros {0} segundos foram salvos.',
  'The recording breaks off right at its beginning.': 'A gravação é interrompida logo no começo.',
  'The file is empty.': 'O arquivo está vazio.',
  'The file is larger than 2 GiB.': 'O arquivo é maior que 2 GiB.',
  'The file that arrived is not the file that was sent.':
    'O arquivo que chegou não é o arquivo que foi enviado.',
  'The file stops before its index: nothing of the recording can be read.':
    'O arquivo termina antes do índice: nada da gravação pode ser lido.',
  'The file begins like a recording, but it cannot be read as one.':
    'O arquivo começa como uma gravação, mas não pode ser lido como uma.',
  'This is not a recording that Greenroom can read: it reads WebM, Matroska, MP4 and QuickTime video.':
    'Esta não é uma gravação que o Greenroom consiga ler: ele lê vídeo WebM, Matroska, MP4 e QuickTime.',
  'A stream of the recording is written in the codec {0}, which Greenroom does not read.':
    'Um fluxo da gravação está escrito no codec {0}, que o Greenroom não lê.',
  'The picture is {0}; Greenroom accepts up to {1} pixels.':
    'A imagem tem {0}; o Greenroom aceita até {1} pixels.',
  'The recording holds a picture that is too large.': 'A gravação contém uma imagem grande demais.',
  'The file holds the beginning of a recording, but no picture and no sound.':
    'O arquivo contém o começo de uma gravação, mas nem imagem nem som.',
  'The file holds neither picture nor sound.': 'O arquivo não contém imagem nem som.',
  'The recording is damaged: no picture or sound of it can be decoded.':
    'A gravação está danificada: nem imagem nem som podem ser decodificados.',
  'The recording is {0} minutes long; Greenroom accepts up to {1}.':
    'A gravação tem {0} minutos; o Greenroom aceita até {1}.',
  'For more than a minute in its middle the MP4 holds nothing at all; Greenroom cannot read across that.':
    'Por mais de um minuto no meio, o MP4 não contém nada; o Greenroom não consegue ler através disso.',
  'The recording was never completely uploaded.': 'A gravação nunca foi enviada por completo.',
  'The analysis ended without a result.': 'A análise terminou sem resultado.',
  'The analysis took too long and was ended.': 'A análise demorou demais e foi encerrada.',
  'The analysis was stopped before it was done; please try again later.':
    'A análise foi interrompida antes de terminar; tente novamente mais tarde.',
  'The analysis was stopped.': 'A análise foi interrompida.',
  'The analysis was cancelled.': 'A análise foi cancelada.',
  'You cancelled the analysis.': 'Você cancelou a análise.',
  'Too much was going on; please try again later.':
    'Havia coisa demais em andamento; tente novamente mais tarde.',
  'A program or service that the analysis needs failed; please try again later.':
    'Um programa ou serviço de que a análise precisa falhou; tente novamente mais tarde.',
  'The disk is full.': 'O disco está cheio.',
  'The recording needs more memory than there is.': 'A gravação precisa de mais memória do que há.',
  'The language model gave no usable answer.': 'O modelo de linguagem não deu uma resposta utilizável.',
  'The language model gave no usable assessment; local rules took its place.':
    'O modelo de linguagem não deu uma avaliação utilizável; regras locais ficaram no lugar dele.',
  'The language model failed and local rules took its place. {0}':
    'O modelo de linguagem falhou e regras locais ficaram no lugar dele. {0}',
  'Speech to text failed and there is no transcript. {0}':
    'A conversão de fala em texto falhou e não há transcrição. {0}',
  'Something went wrong on our side.': 'Algo deu errado do nosso lado.',
};

export const sentences: Readonly<Record<string, string>> = {
  ...languages,
  ...reasons,
  ...problems,
  ...judgements,
};
