using System.Text.RegularExpressions;
using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Shape;

/// <summary>A name that ends in one of these words does not say what the thing is.</summary>
internal sealed partial class NameRule : IRule
{
    private static readonly HashSet<string> empty = new(StringComparer.OrdinalIgnoreCase)
    {
        "Manager", "Helper", "Helpers", "Service", "Services", "Utils", "Util", "Utilities", "Common", "Impl",
        "Extensions",
    };

    public IEnumerable<Violation> Check(SourceTree tree) =>
        tree.Code.SelectMany(Types).Concat(tree.Code.SelectMany(Files));

    private IEnumerable<Violation> Files(SourceFile file) =>
        SaysNothing(file.Stem) ? [file.Breaks(this, 1, $"{file.Name} does not say what it holds")] : [];

    private IEnumerable<Violation> Types(SourceFile file) =>
        from type in file.IsCSharp ? Declarations.All(file.Syntax) : []
        let name = Declarations.NameOf(type)
        where SaysNothing(name.ValueText)
        select file.Breaks(this, name, $"{name.ValueText} does not say what it is");

    private static bool SaysNothing(string name) =>
        Words().Matches(name) is { Count: > 0 } words && empty.Contains(words[^1].Value);

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")]
    private static partial Regex Words();
}
