using Runnel.Server.Knowledge.Learning;

namespace Runnel.Bench;

/// <summary>Makes up what somebody tells of a life: things of all types, half of them in Chinese, that have to do with one person and
/// with each other, in words of which a few are frequent and most are rare. The same at every run.</summary>
internal sealed class KnowledgeSpeech
{
    private const int Things = 100;
    private const string Person = "Zhang San";

    private readonly Random _random = new(1);
    private readonly string[] _words;
    private readonly string[] _characters;

    public KnowledgeSpeech()
    {
        _words = [.. Enumerable.Range(0, 4_000).Select(_ => Word())];
        _characters = [.. Enumerable.Range(0x4E00, 2_500).Select(code => ((char)code).ToString())];
    }

    public Learned Message(int number)
    {
        var entities = Enumerable.Range(0, Things).Select(i => Entity((number * Things) + i)).ToList();
        var relations = entities.Select((entity, i) => i % 2 == 0
            ? new LearnedRelation(Person, entity.Name, "likes", null, 0.9)
            : new LearnedRelation(entities[i - 1].Name, entity.Name, "has to do with", null, 0.9)).ToList();
        return new Learned([new(Person, EntityType.Person, null, new Dictionary<string, string>(), 1), .. entities], relations);
    }

    /// <summary>Kinds of questions.</summary>
    public IEnumerable<(string Name, Func<string> Next)> Questions()
    {
        yield return ("a rare word", () => _words[_random.Next(2_000, 4_000)]);
        yield return ("a sentence of 12 words", () => English(12));
        yield return ("a sentence of 24 characters", () => Chinese(24));
        yield return ("the person everything has to do with", () => $"What does {Person} like?");
        yield return ("a sentence in both, with the person", () => $"{Person} {English(6)} {Chinese(10)} hobby");
        yield return ("a page of 2,000 characters", () => English(300));
        yield return ("a message of 32,000 characters", () => English(2_500) + Chinese(6_000));
    }

    private LearnedEntity Entity(int number)
    {
        var isChinese = number % 2 == 0;
        var name = isChinese ? $"{Chinese(3)}{number}" : $"{English(2)} {number}";
        return new(
            name,
            EntityTypes.All[number % EntityTypes.All.Count],
            isChinese ? Chinese(16) : English(9),
            new Dictionary<string, string> { ["note"] = isChinese ? Chinese(6) : English(3) },
            0.9);
    }

    private string English(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Frequent(_words)));

    private string Chinese(int characters) => string.Concat(Enumerable.Range(0, characters).Select(_ => Frequent(_characters)));

    /// <summary>The first ones most often, roughly as in a language.</summary>
    private string Frequent(string[] all) => all[(int)(Math.Pow(all.Length, _random.NextDouble()) - 1)];

    private string Word() => string.Concat(Enumerable.Range(0, _random.Next(2, 5)).Select(_ => Syllable()));

    private string Syllable() => string.Concat("bcdfghklmnprstvw"[_random.Next(16)], "aeiou"[_random.Next(5)]);
}
