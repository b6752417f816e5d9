using System.Globalization;

namespace Runnel.Bench;

internal sealed class BenchArguments
{
    private readonly Dictionary<string, string> _values = [];

    public static BenchArguments From(string[] args)
    {
        var arguments = new BenchArguments();
        for (var i = 0; i + 1 < args.Length; i += 2)
            arguments._values[args[i].TrimStart('-')] = args[i + 1];
        return arguments;
    }

    public int Number(string name, int otherwise) =>
        _values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public string Text(string name, string otherwise) => _values.GetValueOrDefault(name, otherwise);
}
