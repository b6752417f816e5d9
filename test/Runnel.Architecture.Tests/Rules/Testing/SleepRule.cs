using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Testing;

/// <summary>
/// A test waits for the thing itself. A delay is fine on a clock that the test holds, or when it never ends by itself;
/// any other one says on its line, after <c>polls:</c>, why there is nothing to wait for.
/// </summary>
internal sealed partial class SleepRule : IRule
{
    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.CSharp
        where file.IsTest
        from call in file.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
        let name = NameOf(call)
        where name == "Thread.Sleep" || (name == "Task.Delay" && !HasClock(call) && !IsEndless(call))
        where !IsExplained(file, call)
        select file.Breaks(this, call, $"{name} in a test: wait for the thing itself");

    private static string NameOf(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax access
            ? $"{access.Expression.ToString().Split('.')[^1]}.{access.Name.Identifier.ValueText}"
            : "";

    private static bool HasClock(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments is { Count: 2 or 3 } arguments
        && (arguments.Count == 3 || Clock().IsMatch(arguments[1].ToString()));

    private static bool IsEndless(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments is [var duration, _, ..]
        && duration.ToString().StartsWith("Timeout.Infinite", StringComparison.Ordinal);

    private static bool IsExplained(SourceFile file, InvocationExpressionSyntax call)
    {
        var span = call.GetLocation().GetLineSpan();
        return Explanation().IsMatch(file.Lines[span.EndLinePosition.Line]);
    }

    [GeneratedRegex(@"(time|clock|timeProvider|TimeProvider\.System)$", RegexOptions.IgnoreCase)]
    private static partial Regex Clock();

    [GeneratedRegex(@"// polls: \S")]
    private static partial Regex Explanation();
}
