/**
 * Frequent given names and family names of many countries, without accents, in lower case. Names that are as often a
 * month, a place, a flower or another word (April, Florence, Rose, Grant) are left out.
 */
export const givenNames: ReadonlySet<string> = new Set(
  `james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony donald
  steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas
  eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick jack dennis jerry tyler
  aaron jose adam nathan henry peter zachary kyle noah ethan jeremy walter christian keith roger terry harry ralph sean
  jesse liam oliver elijah lucas mason logan owen caleb isaac luke gabriel julian wyatt leo theo oscar archie alfie
  mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley
  kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca sharon laura cynthia dorothy amy kathleen
  angela shirley emma brenda pamela nicole anna samantha katherine christine helen debra rachel carolyn janet maria
  catherine heather diane olivia julie joyce victoria ruth kelly lauren christina joan evelyn judith megan andrea cheryl
  hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice jean abigail alice julia judy sophia
  grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte marie kayla alexis
  lori ava mia amelia harper ella chloe zoe lucy ellie freya isla
  hans peter klaus wolfgang jurgen dieter manfred uwe gunter horst helmut werner stefan andreas markus matthias thorsten
  jens sven ralf heinz bernd frank jorg karl heinrich gerhard lukas felix maximilian jonas leon finn elias philipp tobias
  sabine petra monika ursula renate gisela ingrid helga brigitte karin heike birgit claudia anja katrin silke ute
  gabriele kerstin martina nicole susanne lena leonie johanna greta frieda friedrich ludwig otto fritz franz jurgen jan
  pierre michel philippe alain bernard christophe nicolas laurent stephane olivier francois frederic julien jerome
  pascal thierry didier guillaume sebastien antoine mathieu louis hugo jules raphael baptiste clement quentin
  nathalie isabelle sylvie valerie veronique sandrine celine stephanie aurelie camille manon lea chloe juliette margaux
  francoise monique genevieve helene elodie emilie amelie ines clemence
  antonio manuel juan francisco javier carlos jesus miguel angel rafael pedro fernando luis pablo sergio jorge alberto
  alvaro diego adrian raul ivan enrique ramon vicente andres joaquin santiago mateo alejandro
  carmen josefa isabel dolores pilar teresa ana francisca cristina antonia lucia mercedes rosario elena marta raquel
  manuela beatriz rocio alba sofia valentina camila guadalupe ximena
  giuseppe giovanni mario luigi vincenzo salvatore domenico roberto francesco paolo marco stefano matteo lorenzo luca
  alessandro andrea davide riccardo simone federico giorgio giulia chiara francesca sara martina valentina alessia
  elisa silvia elena paola giovanna rosa angela lucia caterina federica ilaria giada aurora
  joao paulo lucas gustavo rafael felipe thiago marcelo rodrigo bruno eduardo leonardo guilherme vinicius fernanda
  juliana mariana camila larissa beatriz leticia gabriela amanda tiago rui nuno ines
  jan pieter johannes cornelis hendrik willem gerrit kees bram daan sem lars thijs ruben sanne femke lotte fleur anouk
  maaike marieke wouter jeroen bas
  piotr krzysztof andrzej tomasz pawel marcin michal grzegorz jakub wojciech mateusz lukasz jozef stanislaw zbigniew
  katarzyna malgorzata agnieszka barbara ewa magdalena joanna aleksandra monika zofia zuzanna agata
  erik lars anders johan karl nils mikael magnus bjorn henrik gustaf axel mats birgitta elisabeth margareta kristina
  ingrid astrid linnea ebba elsa kari olav ole knut svein liv solveig mette jens soren niels kirsten pekka juhani matti
  timo jukka antti mikko heikki riitta anneli tuula aino
  ivan dmitri dmitry sergei sergey vladimir alexei aleksei nikolai mikhail andrei yuri igor oleg boris natalia olga
  tatiana svetlana irina elena ekaterina anastasia ludmila galina oksana
  mohammed muhammad mohamed ahmed ali hassan hussein omar ibrahim khalid youssef yusuf mustafa mahmoud abdullah karim
  fatima aisha khadija maryam zainab layla leila nour amina yasmin hana salma mehmet ahmet emre murat can ayse fatma
  emine zeynep elif hatice
  wei fang li na ming jing hui yan lei jun yang min xiu hiroshi takashi kenji yuki haruto sakura yui akira satoshi
  yoko keiko naoko min-jun ji-woo seo-yeon jiho minho raj rahul amit sanjay vijay rajesh suresh anil sunil ravi arjun
  priya anjali pooja neha sunita kavita lakshmi deepa ananya divya aarav rohan
  chidi emeka ngozi chioma kwame kofi ama akosua thabo sipho nomsa tendai blessing abena`
    .split(/\s+/)
    .filter((name) => name !== ''),
);

export const familyNames: ReadonlySet<string> = new Set(
  `smith johnson williams jones davis miller wilson anderson taylor moore martin lee thompson harris robinson lewis walker
  allen wright nguyen torres hill adams nelson baker campbell mitchell roberts carter phillips evans turner edwards
  collins stewart morris murphy rogers reed cooper richardson cox howard ward peterson hughes kelly sanders bennett
  garcia rodriguez martinez hernandez lopez gonzalez perez sanchez ramirez flores rivera gomez diaz fernandez moreno
  alvarez romero alonso gutierrez navarro jimenez ruiz munoz vargas castillo mendoza
  muller mueller schmidt schneider fischer weber meyer wagner becker schulz hoffmann schafer koch bauer richter klein
  schroder neumann schwarz zimmermann braun kruger hofmann hartmann lange schmitt krause lehmann kohler maier huber
  bernard dubois durand leroy moreau simon laurent lefebvre michel fournier girard dupont lambert fontaine rousseau
  morel garnier chevalier rossi ferrari esposito bianchi romano colombo ricci marino greco conti gallo mancini costa
  giordano rizzo lombardi moretti silva santos oliveira souza rodrigues ferreira alves pereira lima gomes ribeiro
  carvalho almeida lopes soares jong jansen vries bakker visser smit meijer boer mulder groot bos vos peters hendriks
  dekker nowak kowalski wisniewski wojcik kowalczyk kaminski lewandowski zielinski szymanski wozniak dabrowski
  andersson johansson karlsson nilsson eriksson larsson olsson persson svensson gustafsson hansen johansen olsen larsen
  andersen pedersen nielsen jensen christensen korhonen virtanen makinen nieminen ivanov smirnov kuznetsov popov petrov
  sokolov novak horvat kovac nagy kovacs szabo toth yilmaz kaya demir celik sahin wang li zhang liu chen yang huang zhao
  wu zhou xu sun tanaka suzuki takahashi watanabe ito yamamoto nakamura kobayashi kim park choi jung kang patel singh
  kumar sharma gupta shah khan ahmed hussain ali hassan okafor mensah ndlovu dlamini tran pham hoang`
    .split(/\s+/)
    .filter((name) => name !== ''),
);
