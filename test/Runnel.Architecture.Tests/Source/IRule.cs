namespace Runnel.Architecture.Tests.Source;

internal interface IRule
{
    IEnumerable<Violation> Check(SourceTree tree);
}
