using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Size;

/// <summary>Counts the lines between the braces; a local function or lambda is part of its member.</summary>
internal sealed class MethodLengthRule : IRule
{
    private const int limit = 50;

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.CSharp
        from body in Bodies(file.Syntax).Append(TopLevel(file.Syntax))
        where body.Lines > limit
        select file.Breaks(this, body.Line, $"body of {body.Lines} lines, at most {limit} are allowed");

    private static IEnumerable<(int Line, int Lines)> Bodies(CompilationUnitSyntax root) =>
        root.DescendantNodes(node => !IsBody(node)).Where(IsBody).Select(Measure);

    private static bool IsBody(SyntaxNode node) =>
        node is BlockSyntax or ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax;

    private static (int Line, int Lines) Measure(SyntaxNode body)
    {
        var block = body as BlockSyntax ?? (body as AnonymousFunctionExpressionSyntax)?.Block;
        var (first, last) = RangeOf(block ?? body);
        return (first, block is null ? last - first + 1 : last - first - 1);
    }

    private static (int Line, int Lines) TopLevel(CompilationUnitSyntax root)
    {
        var statements = root.Members.OfType<GlobalStatementSyntax>().ToList();
        return statements is []
            ? (1, 0)
            : (RangeOf(statements[0]).First, RangeOf(statements[^1]).Last - RangeOf(statements[0]).First + 1);
    }

    private static (int First, int Last) RangeOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return (span.StartLinePosition.Line + 1, span.EndLinePosition.Line + 1);
    }
}
