// What is asked in Portuguese?
import type { QuestionSet } from '../question-sets.ts';

const set = (questionSetId: string, title: string, questions: string[]): QuestionSet => ({
  questionSetId,
  title,
  language: 'pt',
  questions,
  origin: 'built-in',
});

/** Written, not translated, so that they sound natural on both sides of the Atlantic. */
export const portugueseQuestionSets: readonly QuestionSet[] = [
  set('star-pt', 'Conte uma situação (STAR)', [
    'Conte uma situação em que teve muito menos tempo do que precisava para entregar um trabalho. O que deixou de fora, e como decidiu?',
    'Descreva um erro seu que outras pessoas perceberam. O que fez na primeira hora, e o que mudou desde então?',
    'Fale de um objetivo que não conseguiu alcançar. O que estava ao seu alcance, e o que não estava?',
    'Dê um exemplo de uma decisão que precisou tomar sem ter todas as informações. Qual foi o resultado?',
    'Conte algo que melhorou sem que ninguém tivesse pedido. Como sabe que ficou melhor?',
    'Descreva uma situação em que precisou aprender algo novo em pouco tempo. Por onde começou, e até onde chegou?',
    'Conte uma ocasião em que mudou de opinião por causa do que outra pessoa disse.',
    'De qual trabalho dos últimos dois anos sente mais orgulho? Qual foi exatamente a sua parte?',
  ]),
  set('motivation-pt', 'Perfil e motivação', [
    'Resuma o seu percurso profissional em dois minutos e termine dizendo por que está aqui hoje.',
    'Por que esta vaga, e por que agora?',
    'Que parte do seu trabalho atual faria com gosto por mais cinco anos, e que parte entregaria amanhã a outra pessoa?',
    'Em que assuntos os colegas costumam procurar a sua ajuda?',
    'Descreva a chefia com quem trabalha melhor, e uma com quem não conseguiria trabalhar.',
    'O que tem procurado melhorar na sua forma de trabalhar no último ano, e quanto avançou?',
    'O que levaria a deixar um emprego de que gosta?',
    'Que pergunta eu deveria ter feito para entender o que faz de melhor?',
  ]),
  set('leadership-pt', 'Liderança e conflito', [
    'Fale de uma divergência importante com um colega. O que cada um queria, e como terminou?',
    'Descreva uma situação em que precisou dar a alguém um feedback que essa pessoa não queria ouvir. Quais foram as suas duas primeiras frases?',
    'Conte uma decisão da sua chefia que lhe pareceu errada. O que fez com essa opinião?',
    'Descreva como conseguiu o apoio de pessoas sobre as quais não tinha autoridade.',
    'Fale de um grupo de trabalho que não funcionava bem. O que notou primeiro, e o que mudou?',
    'Dê um exemplo de uma tarefa que delegou e cujo resultado não foi o que esperava. O que fez?',
    'Descreva uma ocasião em que precisou dizer não a um cliente ou a alguém influente.',
    'Fale de alguém que cresceu com a sua ajuda. O que fez, e o que essa pessoa fez por conta própria?',
  ]),
  set('problem-solving-pt', 'Trabalho técnico e resolução de problemas', [
    'Explique um assunto técnico que domina a alguém que nunca ouviu falar dele.',
    'Conte qual foi o defeito mais difícil que já precisou encontrar. Como foi reduzindo as possibilidades?',
    'Descreva uma decisão técnica sua que hoje tomaria de outra maneira. O que ainda não sabia?',
    'Recebe um sistema lento, e ninguém sabe por quê. Quais são os seus três primeiros passos, e o que cada um lhe diria?',
    'Conte uma situação em que preferiu a solução mais simples à melhor, ou o contrário.',
    'Como descobre se aquilo que construiu funciona de verdade para quem usa?',
    'Descreva um risco que percebeu cedo. A quem contou, de que forma, e qual foi o resultado?',
    'Como estimaria o número de elevadores desta cidade? Pense em voz alta.',
  ]),
  set('first-job-pt', 'Primeiro emprego e mudança de carreira', [
    'Que experiência sua, nos estudos, no trabalho ou fora deles, mais conta para esta vaga?',
    'Fale de um projeto que concluiu em grupo. O que teria faltado sem a sua participação?',
    'Outros candidatos têm mais experiência. Por que deveríamos escolher a sua candidatura?',
    'Descreva uma situação em que precisou pedir ajuda. Como fez isso?',
    'Como organiza a semana quando lhe pedem mais do que cabe nela?',
    'Fale de uma crítica de que se lembra até hoje. O que fez com ela?',
    'O que quer saber fazer daqui a dois anos que hoje ainda não sabe?',
  ]),
];
