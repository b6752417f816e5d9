using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Runnel.Architecture.Tests.Source;

/// <summary>One text file of a tree. The path is relative to the root and has forward slashes.</summary>
internal sealed class SourceFile(string path, string text)
{
    private static readonly string[] codeExtensions = ["cs", "ts", "tsx", "mts", "js", "jsx", "mjs"];

    private readonly Lazy<string[]> lines = new(() => Split(text));
    private readonly Lazy<CompilationUnitSyntax> syntax =
        new(() => CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot());

    public string Path => path;

    public string Text => text;

    public string Name { get; } = path[(path.LastIndexOf('/') + 1)..];

    /// <summary>Empty for a file in the root.</summary>
    public string Folder { get; } = path[..Math.Max(path.LastIndexOf('/'), 0)];

    public string Stem => System.IO.Path.GetFileNameWithoutExtension(Name);

    public string Extension => System.IO.Path.GetExtension(Name).TrimStart('.');

    public bool IsCSharp => Extension == "cs";

    public bool IsCode => codeExtensions.Contains(Extension);

    public bool IsTest =>
        Folder.Split('/').Any(folder => folder is "test" or "tests")
        || Stem.EndsWith(".test", StringComparison.Ordinal)
        || Stem.EndsWith(".spec", StringComparison.Ordinal);

    public bool IsProduction => !IsTest && (IsUnder("src") || IsUnder("clients"));

    public bool IsLockFile =>
        Name is "packages.lock.json" or "package-lock.json" or "pnpm-lock.yaml" || Extension == "lock";

    public IReadOnlyList<string> Lines => lines.Value;

    public CompilationUnitSyntax Syntax => syntax.Value;

    public bool IsUnder(string folder) => folder.Length == 0 || path.StartsWith(folder + "/", StringComparison.Ordinal);

    public Violation Breaks(IRule rule, int line, string message) =>
        new(rule.GetType().Name, new Place(path, line), message);

    public Violation Breaks(IRule rule, SyntaxNodeOrToken node, string message) =>
        Breaks(rule, LineOf(node), message);

    public static int LineOf(SyntaxNodeOrToken node) => node.GetLocation()!.GetLineSpan().StartLinePosition.Line + 1;

    private static string[] Split(string text)
    {
        var all = text.ReplaceLineEndings("\n").Split('\n');
        return all[^1].Length == 0 ? all[..^1] : all;
    }
}
