/**
 * Words that no text of a language does without and that most others do not have. Languages as near to each other as
 * Danish and Norwegian share too many of them to be distinguished.
 */
const wordsByLanguage: Readonly<Record<string, string>> = {
  en: 'the of and to in that was is for on it with as at by from his her be has had have are were this not but which they who said their would will been an',
  de: 'der die das und den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man wurde sei',
  fr: 'le la les de des du et à un une dans que qui pour est sur pas au par il elle ce se ne plus avec son sa ses aux été sont ont cette ces mais ou leur était',
  es: 'el la los las de del y en que a un una por con no se su para es al lo como más pero sus le ha fue este está sobre entre cuando sin también hasta desde son dos era muy',
  pt: 'o a os as de do da dos das e em que um uma por com não se para no na nos nas é ao mais como mas foi à sua ou seu ser quando já pelo pela até isso são também só está',
  it: 'il lo la i gli le di del della dei delle e in che un una per con non si è al alla da nel nella sono più come ma ha anche dal dalla su o se ai suo sua questo',
  nl: 'de het een en van in is dat op te zijn met voor niet aan er om ook als bij door naar uit maar nog worden werd heeft dan over wordt hij ze deze dit tot geen hebben meer',
  sv: 'och att det i en på är som av för med den till inte har de ett om han var men sig från så kan när vid nu efter eller också hon under ska skulle år',
  da: 'og at det i en på er som af for med den til ikke har de et om han var men sig fra så kan når ved nu efter eller også hun under skal skulle blev mod',
  nb: 'og at det i en på er som av for med den til ikke har de et om han var men seg fra så kan når ved nå etter eller også hun under skal skulle ble mot',
  fi: 'ja on ei että se oli hän mutta ovat kun myös joka kuin sen mukaan jos niin vain olla siitä ollut mitä tai sekä ole jo',
  pl: 'i w na z się do nie to że jest o od za po jak przez dla są oraz ale był była co przed który które która tym przy może już tego ze',
  cs: 'a v se na je že to z s do o i ve pro k za by po jako ale podle jsou byl bylo která který které při od jeho už také nebo jen',
  ro: 'și în de la a cu pe că din nu se un o care pentru este mai au fost prin sau dar ca ce al ale după sunt cel',
  hu: 'a az és hogy nem is egy volt meg de van csak már ez azt még mint el ha ki vagy után lesz aki szerint',
  tr: 've bir bu da de için ile olarak çok daha olan gibi sonra kadar ne ama var olduğu ise en her değil',
  ru: 'и в не на что с по как это он из к за от у для о но был его так все бы же до при после было или также',
  uk: 'і в не на що з та до за як це від у про його для був по але є й або також року було під час він які',
  bg: 'на и в да за се от с не са по че е като до към през това при или след си но които беше който също',
};

export const functionWords: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(wordsByLanguage).map(([language, words]) => [language, new Set(words.split(' '))]),
);
