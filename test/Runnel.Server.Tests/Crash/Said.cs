using System.Globalization;

namespace Runnel.Server.Tests.Crash;

/// <summary>A message to the fake model, which says what it is to answer.</summary>
/// <param name="Id">The client's own id of it.</param>
/// <param name="Message">The message.</param>
/// <param name="Expected">The whole answer; null when it is not compared.</param>
internal sealed record Said(string Id, string Message, string? Expected)
{
    /// <param name="random">Chooses.</param>
    /// <param name="words">Fewer than so many words.</param>
    /// <param name="pace">Fewer than so many milliseconds for each.</param>
    public static Said New(Random random, int words = 250, int pace = 4)
    {
        var (tokens, delay, reasoning) = (random.Next(1, words), random.Next(0, pace), random.Next(0, 3) * 2);
        var isHard = random.Next(3) == 0;
        var id = $"{random.NextInt64():x}-{random.NextInt64():x}";
        var script = string.Create(
            CultureInfo.InvariantCulture, $"tokens={tokens} delay={delay}ms reasoning={reasoning}{(isHard ? " utf8" : "")}");
        var text = Enumerable.Range(0, tokens).Skip(reasoning)
            .Select(word => string.Create(CultureInfo.InvariantCulture, $"word{word} "));
        return new Said(id, $"[[{script}]] {id}", isHard ? null : string.Concat(text));
    }
}
