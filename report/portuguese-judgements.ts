// What do the judgements of the local rules become in Portuguese?

const structure = {
  situation: 'situação',
  task: 'tarefa',
  'your own action': 'a sua própria ação',
  result: 'resultado',
  'start with where and when it happened': 'comece por onde e quando aconteceu',
  'say what you had to achieve': 'diga o que você tinha de alcançar',
  'say what you yourself did, step by step, starting with “I”':
    'diga o que você mesmo fez, passo a passo, começando com “eu”',
  'end with what came of it, with a number if you have one':
    'termine com o que resultou disso, com um número, se tiver',
  'without a transcript the words cannot be judged': 'sem transcrição as palavras não podem ser julgadas',
  'an assessment needs a transcript': 'uma avaliação precisa de uma transcrição',
  'the local rules know English and Portuguese, the transcript is in {0}':
    'as regras locais conhecem inglês e português, a transcrição está em {0}',
  'the answer has {0} words, too few to judge (at least {1})':
    'a resposta tem {0} palavras, poucas demais para julgar (pelo menos {1})',
  'Your answer shows {0} of the 4 parts of a STAR answer: {1}; keep this order.':
    'Sua resposta mostra {0} das 4 partes de uma resposta STAR: {1}; mantenha essa ordem.',
  'The rules find {0} of the 4 parts of a STAR answer; missing: {1}. Next time {2}.':
    'As regras encontram {0} das 4 partes de uma resposta STAR; falta: {1}. Na próxima vez, {2}.',
  'Fixed rules find none of the 4 parts of a STAR answer.':
    'Regras fixas não encontram nenhuma das 4 partes de uma resposta STAR.',
  'Fixed rules find {0} of the 4 parts of a STAR answer ({1}).':
    'Regras fixas encontram {0} das 4 partes de uma resposta STAR ({1}).',
  '{0} First to work on: {1}': '{0} Primeiro a melhorar: {1}',
  '{0} Best: {1}': '{0} O melhor: {1}',
};

const pace = {
  'You speak {0} words per minute, a pace that is easy to follow; keep it.':
    'Você fala {0} palavras por minuto, um ritmo fácil de acompanhar; mantenha.',
  'You speak {0} words per minute, slower than the usual 130–160; shorten the pauses between sentences and practise the answer aloud twice.':
    'Você fala {0} palavras por minuto, mais devagar que os usuais 130–160; encurte as pausas entre as frases e treine a resposta em voz alta duas vezes.',
  'You speak {0} words per minute, faster than the usual 130–160; stop for a breath at the end of each sentence.':
    'Você fala {0} palavras por minuto, mais rápido que os usuais 130–160; pare para respirar no fim de cada frase.',
  'While you speak you say {0} syllables per second, which is easy to follow; keep it.':
    'Enquanto fala, você diz {0} sílabas por segundo, fácil de acompanhar; mantenha.',
  'While you speak you say {0} syllables per second, slower than the usual 3.5–5.5; practise the answer aloud until the words come without searching.':
    'Enquanto fala, você diz {0} sílabas por segundo, mais devagar que as usuais 3,5–5,5; treine em voz alta até as palavras virem sem busca.',
  'While you speak you say {0} syllables per second, faster than the usual 3.5–5.5; speak the important words more slowly.':
    'Enquanto fala, você diz {0} sílabas por segundo, mais rápido que as usuais 3,5–5,5; diga as palavras importantes mais devagar.',
  'By sound alone you say {0} syllables per second, a usual pace; keep it.':
    'Só pelo som, você diz {0} sílabas por segundo, um ritmo usual; mantenha.',
  'By sound alone you say {0} syllables per second, slower than usual; practise the answer aloud twice.':
    'Só pelo som, você diz {0} sílabas por segundo, mais devagar que o usual; treine a resposta em voz alta duas vezes.',
  'By sound alone you say {0} syllables per second, faster than usual; stop for a breath at the end of each sentence.':
    'Só pelo som, você diz {0} sílabas por segundo, mais rápido que o usual; pare para respirar no fim de cada frase.',
};

const words = {
  'You use {0} fillers per 100 words, at or under the usual limit of 5; keep pausing instead of filling.':
    'Você usa {0} muletas por 100 palavras, dentro do limite usual de 5; continue pausando em vez de preencher.',
  'You use {0} fillers per 100 words, more than the usual limit of 5; when you look for a word, close your mouth and pause.':
    'Você usa {0} muletas por 100 palavras, mais que o limite usual de 5; quando procurar uma palavra, feche a boca e faça uma pausa.',
  'You hedge {0} times per 100 words, so that your statements sound sure; keep it so.':
    'Você atenua {0} vezes por 100 palavras, e as suas afirmações soam seguras; continue assim.',
  'You hedge {0} times per 100 words, more than 3; say what you did and what came of it without “maybe” or “I think”.':
    'Você atenua {0} vezes por 100 palavras, mais que 3; diga o que fez e o que resultou sem “talvez” nem “eu acho”.',
  'Your sentences have {0} words on average, short enough to follow; keep one thought per sentence.':
    'Suas frases têm {0} palavras em média, curtas o bastante para acompanhar; mantenha um pensamento por frase.',
  'Your sentences have {0} words on average, more than 25; end the sentence where you now say “and”.':
    'Suas frases têm {0} palavras em média, mais que 25; termine a frase onde agora você diz “e”.',
  'There are 0 pauses of 2 s or more: the answer flows; a short pause before the result may even help.':
    'Não há pausas de 2 s ou mais: a resposta flui; uma pausa curta antes do resultado pode até ajudar.',
  'There is 1 long pause of 2 s or more; note three keywords before you start, so that you know what comes next.':
    'Há 1 pausa longa, de 2 s ou mais; anote três palavras-chave antes de começar, para saber o que vem depois.',
  'There are {0} long pauses of 2 s or more; note three keywords before you start, so that you know what comes next.':
    'Há {0} pausas longas, de 2 s ou mais; anote três palavras-chave antes de começar, para saber o que vem depois.',
  'It fills time without saying anything; a short silence sounds surer.':
    'Preenche o tempo sem dizer nada; um breve silêncio soa mais seguro.',
  'It takes back what you say; say it plainly, or say what you do not know.':
    'Recua do que você diz; diga com clareza, ou diga o que não sabe.',
  'It is vague; name the thing, the number or the person.':
    'É vago; dê o nome da coisa, o número ou a pessoa.',
  'It claims to be true without showing it; give the fact instead.':
    'Afirma ser verdade sem mostrar; dê o fato no lugar.',
  'It is absolute and invites a counter-example; say how often, how many or who.':
    'É absoluto e convida a um contraexemplo; diga com que frequência, quantos ou quem.',
};

const sound = {
  'Your recording has a loudness of {0} LUFS, which is comfortable to listen to; leave the microphone where it is.':
    'Sua gravação tem um volume de {0} LUFS, confortável de ouvir; deixe o microfone onde está.',
  'Your recording has a loudness of {0} LUFS, quieter than −27; move closer to the microphone or raise its level.':
    'Sua gravação tem um volume de {0} LUFS, mais baixo que −27; aproxime-se do microfone ou aumente o nível dele.',
  'Your recording has a loudness of {0} LUFS, louder than −14; lower the level of the microphone.':
    'Sua gravação tem um volume de {0} LUFS, mais alto que −14; diminua o nível do microfone.',
  'The sound reaches {0} dBFS, so that loud words are likely to be distorted; lower the level of the microphone.':
    'O som chega a {0} dBFS, de modo que palavras fortes devem sair distorcidas; diminua o nível do microfone.',
};

const picture = {
  'Your face is in the picture {0} of the time; keep the camera where it is.':
    'Seu rosto está na imagem {0} do tempo; deixe a câmera onde está.',
  'Your face is in the picture only {0} of the time; sit so that your face stays in view until the end.':
    'Seu rosto está na imagem só {0} do tempo; sente-se de modo que o rosto fique visível até o fim.',
  'You face the camera {0} of the time that your face is seen; keep looking into the lens.':
    'Você está de frente para a câmera {0} do tempo em que o rosto é visto; continue olhando para a lente.',
  'You face the camera {0} of the time that your face is seen, less than 70 %; put your notes right under the lens.':
    'Você está de frente para a câmera {0} do tempo em que o rosto é visto, menos que 70 %; ponha as anotações logo abaixo da lente.',
  'You are well framed {0} of the time; keep that distance from the camera.':
    'Você está bem enquadrado {0} do tempo; mantenha essa distância da câmera.',
  'You are well framed {0} of the time that your face is seen, less than 80 %; sit in the middle, with your face about a third of the picture’s height.':
    'Você está bem enquadrado {0} do tempo em que o rosto é visto, menos que 80 %; sente-se no meio, com o rosto em cerca de um terço da altura da imagem.',
  'Your face is well lit {0} of the time; keep the light in front of you.':
    'Seu rosto está bem iluminado {0} do tempo; mantenha a luz à sua frente.',
  'Your face is well lit {0} of the time that it is seen, less than 90 %; put a lamp or a window in front of you, not behind.':
    'Seu rosto está bem iluminado {0} do tempo em que é visto, menos que 90 %; ponha uma lâmpada ou janela à sua frente, não atrás.',
  'At one point {0} people are in the picture; record where nobody passes behind you.':
    'Em certo momento há {0} pessoas na imagem; grave onde ninguém passe atrás de você.',
  'The picture is dark for {0}; check the light and that nothing covers the camera.':
    'A imagem fica escura por {0}; confira a luz e se nada cobre a câmera.',
  'The picture is frozen for {0}; close other programs that use the camera or the network.':
    'A imagem fica congelada por {0}; feche outros programas que usam a câmera ou a rede.',
};

/** English sentences of `domain/assessment-rules`, and the same in Portuguese. */
export const judgements: Readonly<Record<string, string>> = {
  ...structure,
  ...pace,
  ...words,
  ...sound,
  ...picture,
};
