using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Direction;

/// <summary>Who may know that there is an HTTP request. The last line of the table that fits a file decides.</summary>
internal sealed class HttpContextRule : IRule
{
    private static readonly string[] names =
        ["HttpContext", "DefaultHttpContext", "HttpContextAccessor", "IHttpContextAccessor"];

    private static readonly (string Folder, string FileNameEnds, bool Allowed, string Reason)[] table =
    [
        ("src", "", false, "a library does not know that there is an HTTP request"),
        ("src/Runnel.Streams.AspNetCore", "", true, "it writes events to a response"),
        ("src/Runnel.Server", "", true, "slices, Auth and Hosting answer requests"),
        ("src/Runnel.Server/Persistence", "", false, "what is stored does not depend on a request"),
        ("src", "Runner.cs", false, "a runner outlives the request that started it"),
    ];

    public IEnumerable<Violation> Check(SourceTree tree)
    {
        foreach (var file in tree.CSharp.Where(file => file.IsUnder("src")))
        {
            var (_, _, allowed, reason) = table.Last(line => Fits(file, line.Folder, line.FileNameEnds));
            if (allowed)
                continue;
            foreach (var token in file.Syntax.DescendantTokens())
                if (token.IsKind(SyntaxKind.IdentifierToken) && names.Contains(token.ValueText))
                    yield return file.Breaks(this, token, $"{token.ValueText}: {reason}");
        }
    }

    private static bool Fits(SourceFile file, string folder, string fileNameEnds) =>
        file.IsUnder(folder) && file.Name.EndsWith(fileNameEnds, StringComparison.Ordinal);
}
