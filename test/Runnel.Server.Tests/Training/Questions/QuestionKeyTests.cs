using Runnel.Server.Training.Questions;

namespace Runnel.Server.Tests.Training.Questions;

public class QuestionKeyTests
{
    [Theory]
    [InlineData("Where do you live?", "where DO you live")]
    [InlineData("Where do you live?", "How nice! Where do you live?")]
    [InlineData("Thank you. Where do you live?", "You are 3.5 years old, then. Really? Where do you live?")]
    [InlineData("你擅长什么？", "谢谢你告诉我。你擅长什么?")]
    [InlineData("你擅长什么？", "太好了！你擅长什么？")]
    [InlineData("Tell me more.", "tell me more")]
    public void TheSameQuestion_HasOneKey_WhateverStandsBeforeIt(string one, string other) =>
        Assert.Equal(QuestionKey.Of(one), QuestionKey.Of(other));

    [Theory]
    [InlineData("Where do you live?", "Where do you work?")]
    [InlineData("You like chess. And you?", "You like tennis. And you?")]
    [InlineData("What else should I know? (Question 12.)", "What else should I know? (Question 13.)")]
    [InlineData("What about Dr. Li?", "What about Dr. Wu?")]
    [InlineData("你擅长什么？", "你喜欢什么？")]
    [InlineData("?", "Why?")]
    public void DifferentQuestions_HaveDifferentKeys(string one, string other) =>
        Assert.NotEqual(QuestionKey.Of(one), QuestionKey.Of(other));
}
