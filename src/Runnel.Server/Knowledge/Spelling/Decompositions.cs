using System.Globalization;
using System.Text;

namespace Runnel.Server.Knowledge.Spelling;

/// <summary>What the characters of Unicode are made of, from <c>decompositions.txt</c>. The framework has no such table where it runs
/// without ICU, as it does here.</summary>
internal static class Decompositions
{
    private static readonly Dictionary<int, Rune[]> Parts = [];
    private static readonly Dictionary<int, int> Classes = [];

    static Decompositions()
    {
        using var stream = typeof(Decompositions).Assembly.GetManifestResourceStream("Knowledge/decompositions.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            Read(line);
    }

    /// <summary>The parts of a character; null when it has none.</summary>
    public static Rune[]? Of(Rune character) => Parts.GetValueOrDefault(character.Value);

    /// <summary>The canonical combining class, by which marks on one letter are ordered; 0 for what is no mark.</summary>
    public static int ClassOf(Rune character) => Classes.GetValueOrDefault(character.Value);

    private static void Read(string line)
    {
        if (line[0] == '#')
            return;
        var words = line.Split(' ');
        if (words[1][0] != '=')
        {
            Parts[Number(words[0])] = [.. words.Skip(1).Select(word => new Rune(Number(word)))];
            return;
        }

        var ends = words[0].Split('-');
        for (var character = Number(ends[0]); character <= Number(ends[1]); character++)
            Classes[character] = int.Parse(words[1].AsSpan(1), CultureInfo.InvariantCulture);
    }

    private static int Number(string hex) => int.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
