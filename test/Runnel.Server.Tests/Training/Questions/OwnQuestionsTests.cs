using Runnel.Server.Training.Progress;
using Runnel.Server.Training.Questions;

namespace Runnel.Server.Tests.Training.Questions;

public class OwnQuestionsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Questions_NeverRunOut_AndNoneComesTwice(bool chinese)
    {
        var (asked, questions) = (new HashSet<string>(), new List<string>());
        for (var i = 0; i < 60; i++)
        {
            questions.Add(OwnQuestions.Choose(chinese ? Language.Zh : Language.En, ["skill"], ["Ann", "C++"], asked));
            Assert.True(asked.Add(QuestionKey.Of(questions[^1])), questions[^1]);
        }

        Assert.Equal(chinese ? "你会做哪些别人很少会的事？" : "What can you do that few others can?", questions[0]);
        Assert.Contains(questions, question => question.Contains("C++", StringComparison.Ordinal));
        Assert.Equal(chinese, questions.TrueForAll(question => question.EndsWith('？')));
    }
}
