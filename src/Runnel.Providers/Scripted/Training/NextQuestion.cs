namespace Runnel.Providers.Scripted.Training;

/// <summary>The next question: of the thinnest area about which not all was asked.</summary>
internal static class NextQuestion
{
    private static readonly Dictionary<string, (string[] English, string[] Chinese)> Areas = new()
    {
        ["person"] = (
            ["Who matters most to you?", "Who taught you the most?", "Whom did you talk to last?"],
            ["谁对你最重要？", "谁教会你最多？", "你最近和谁聊过天？"]),
        ["organization"] = (
            ["Where do you work or study?", "Which clubs or groups are you part of?"],
            ["你在哪里工作或学习？", "你参加了哪些社团或组织？"]),
        ["location"] = (
            ["Where do you live?", "Which place would you like to see again?"],
            ["你住在哪里？", "你想再去一次的地方是哪里？"]),
        ["skill"] = (
            ["What are you good at?", "What would you like to learn next?"],
            ["你擅长什么？", "接下来你想学什么？"]),
        ["hobby"] = (
            ["What do you do for fun?", "What did you enjoy as a child?"],
            ["你平时喜欢做什么？", "小时候你喜欢什么？"]),
        ["event"] = (
            ["What was the best day of this year?", "Which event changed your life?"],
            ["今年最难忘的一天是哪天？", "哪件事改变了你的生活？"]),
        ["date"] = (
            ["When is your birthday?", "Which date do you never forget?"],
            ["你的生日是哪天？", "哪个日子你从不会忘记？"]),
        ["concept"] = (
            ["What do you believe in?", "Which idea have you changed your mind about?"],
            ["你相信什么？", "你对什么改变过看法？"]),
    };

    public static string For(TrainingTask task)
    {
        var asked = task.Asked;
        var open = task.ThinAreas.Concat(Areas.Keys).Distinct()
            .SelectMany(area => Areas.TryGetValue(area, out var questions) ? Of(questions, task) : [])
            .FirstOrDefault(question => !asked.Any(earlier => earlier.Contains(question, StringComparison.Ordinal)));
        return Reaction(task) + (open ?? Another(task));
    }

    private static string[] Of((string[] English, string[] Chinese) questions, TrainingTask task) =>
        task.IsChinese ? questions.Chinese : questions.English;

    private static string Reaction(TrainingTask task) => task.IsChinese ? "谢谢你告诉我。" : "Thank you for telling me. ";

    /// <summary>All was asked; each of these is asked once too.</summary>
    private static string Another(TrainingTask task) => task.IsChinese
        ? $"还有什么我该知道的吗？（第 {task.Asked.Count + 1} 个问题）"
        : $"What else should I know? (Question {task.Asked.Count + 1}.)";
}
